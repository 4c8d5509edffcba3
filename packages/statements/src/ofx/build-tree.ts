// Builds the tree of an OFX document from its tokens, closing what SGML lets a bank leave open.

import type { ProblemCode } from '../statement.ts'
import type { Element } from './element.ts'
import { allowedParents, isAggregate, isFact } from './nesting.ts'
import { type Token, tokenize } from './tokenize.ts'

const MAX_DEPTH = 64
const MAX_ELEMENTS = 3_000_000

export type Tree = { ok: true; roots: Element[] } | { ok: false; problem: TreeProblem }
export type TreeProblem = { code: ProblemCode; at: number; element?: string; reason: string }
type Open = { stack: Element[]; roots: Element[]; elements: number }

/** The `<OFX>` documents of a file; most have one, a few are several joined. Text around them is not looked at. */
export function buildTree(source: string): Tree {
  const open: Open = { stack: [], roots: [], elements: 0 }
  for (const token of tokenize(source)) {
    const problem = takeToken(open, token)
    if (problem) return { ok: false, problem }
  }
  const innermost = open.stack.at(-1)
  if (innermost) return { ok: false, problem: truncated(source.length, innermost) }
  return { ok: true, roots: open.roots }
}

function takeToken(open: Open, token: Token): TreeProblem | undefined {
  switch (token.type) {
    case 'open':
      return openElement(open, token)
    case 'close':
      return closeElement(open, token)
    case 'text':
      return addText(open, token)
    case 'forbidden':
      return {
        code: 'forbidden_markup',
        at: token.at,
        reason: 'The file defines entities of its own, which no bank statement needs.',
      }
    case 'unfinished':
      return {
        code: 'truncated',
        at: token.at,
        reason: 'The file ends inside a comment or a quoted section.',
      }
  }
}

function openElement(open: Open, token: Token & { type: 'open' }): TreeProblem | undefined {
  const { stack } = open
  const { name, at } = token
  if (stack.length === 0 && name !== 'OFX') return undefined
  if (stack.length > 0 && name === 'OFX') return truncated(at, stack.at(-1) as Element)

  if (stack.at(-1)?.text.trim()) stack.pop()
  closeUpTo(
    stack,
    stack.findIndex((element) => element.name === name),
  )
  const parents = allowedParents(name)
  if (parents) {
    const parentIndex = stack.findLastIndex((element) => parents.includes(element.name))
    if (parentIndex >= 0) closeUpTo(stack, parentIndex + 1)
    else if (isFact(name)) return misplaced(token, `<${name}> stands outside any statement.`)
  }
  if (stack.length >= MAX_DEPTH) {
    return {
      code: 'too_deep',
      at,
      element: name,
      reason: `Elements are nested deeper than ${MAX_DEPTH} levels.`,
    }
  }
  if (++open.elements > MAX_ELEMENTS) {
    return { code: 'too_large', at, reason: `The file has more than ${MAX_ELEMENTS} elements.` }
  }

  const element: Element = { name, at, text: '', children: [] }
  const parent = stack.at(-1)
  if (parent) parent.children.push(element)
  else open.roots.push(element)
  if (!token.empty) stack.push(element)
  return undefined
}

function closeElement({ stack }: Open, token: Token & { type: 'close' }): TreeProblem | undefined {
  if (stack.length === 0) return undefined
  const index = stack.findLastIndex((element) => element.name === token.name)
  if (index < 0) return misplaced(token, `</${token.name}> closes nothing that is open.`)
  closeUpTo(stack, index + 1)
  stack.pop()
  return undefined
}

function addText({ stack }: Open, token: Token & { type: 'text' }): TreeProblem | undefined {
  const element = stack.at(-1)
  if (!element) return undefined
  if (token.text.trim() === '' && element.text === '') return undefined
  if (element.children.length > 0 || isAggregate(element.name)) {
    const at = token.at + (token.text.length - token.text.trimStart().length)
    return {
      code: 'wrong_nesting',
      at,
      element: element.name,
      reason: `There is text in <${element.name}> where only elements belong.`,
    }
  }
  element.text += token.text
  return undefined
}

/** Closes the elements of the stack from `length` up. An unknown one without text was an empty leaf, left open. */
function closeUpTo(stack: Element[], length: number): void {
  if (length < 0) return
  while (stack.length > length) {
    const element = stack.pop() as Element
    const parent = stack.at(-1)
    if (!parent || isAggregate(element.name)) continue
    for (const child of element.children) parent.children.push(child)
    element.children = []
  }
}

function misplaced(token: Token & { name: string }, reason: string): TreeProblem {
  return { code: 'wrong_nesting', at: token.at, element: token.name, reason }
}

function truncated(at: number, innermost: Element): TreeProblem {
  return {
    code: 'truncated',
    at,
    element: innermost.name,
    reason: `The file ends inside <${innermost.name}>: its last part is missing.`,
  }
}
