// Checks an XML document against the sequences of a schema, written down as tables: which element may follow which, how often, with what in it.

import { XMLParser, XMLValidator } from 'fast-xml-parser'

/**
 * The content of an element by the name of its type: a sequence `A:TypeOfA B?:TypeOfB C*:TypeOfC D+:TypeOfD` of children, a choice
 * `A:TypeOfA | B:TypeOfB`, or what its text must match. A child without a type may stand there by the schema, but is none that we write.
 */
export type Structure = Record<string, string | RegExp>

type Node = { [name: string]: Node[] } & { '#text'?: string }

const parser = new XMLParser({
  preserveOrder: true,
  parseTagValue: false,
  trimValues: false,
  ignoreAttributes: true,
})

/** Every place at which the document is not as the structure has it; empty when it is. */
export function findFaults(xml: string, root: string, structure: Structure): string[] {
  const wellFormed = XMLValidator.validate(xml)
  if (wellFormed !== true) return [`not well-formed: ${wellFormed.err.msg} (line ${wellFormed.err.line})`]
  const found = (parser.parse(xml) as Node[])
    .map(nameOf)
    .filter((name) => !name.startsWith('?') && name !== '#text')
  if (found.join() !== root) return [`the root is ${found}`]
  const node = (parser.parse(xml) as Node[]).find((one) => root in one) as Node
  return faultsIn(root, node[root] ?? [], root, structure)
}

const nameOf = (node: Node): string => Object.keys(node)[0] as string

function faultsIn(path: string, children: Node[], type: string, structure: Structure): string[] {
  const content = structure[type]
  if (content === undefined) return [`${path}: the structure has no type ${type}`]
  if (content instanceof RegExp) return faultsInText(path, children, content)
  const elements = children.filter((child) => nameOf(child) !== '#text')
  const stray = children.filter((child) => nameOf(child) === '#text').map((child) => String(child['#text']))
  const faults = stray.some((text) => text.trim() !== '') ? [`${path}: text among elements`] : []
  const names = elements.map((element) => `${nameOf(element)} `).join('')
  if (!patternOf(content).test(names)) faults.push(`${path}: ${names}is not ${content}`)
  const types = new Map(
    content.split(/[\s|]+/).map((part) => [part.replace(/[?*+]?(:.*)?$/, ''), part.split(':')[1]] as const),
  )
  return faults.concat(
    elements.flatMap((element) => {
      const name = nameOf(element)
      const childType = types.get(name)
      return childType === undefined
        ? [`${path}/${name}: not described`]
        : faultsIn(`${path}/${name}`, element[name] ?? [], childType, structure)
    }),
  )
}

function faultsInText(path: string, children: Node[], pattern: RegExp): string[] {
  if (children.some((child) => nameOf(child) !== '#text')) return [`${path}: elements where text belongs`]
  const text = children.map((child) => String(child['#text'])).join('')
  return pattern.test(text) ? [] : [`${path}: ${JSON.stringify(text)} is not ${pattern}`]
}

/** `A B? C*` as a pattern over `A B C C `. */
function patternOf(content: string): RegExp {
  const parts = content.split(/\s+/).filter((part) => part !== '|')
  const patterns = parts.map((part) => {
    const [name = ''] = part.split(':')
    const often = /[?*+]$/.exec(name)?.[0] ?? ''
    return `(?:${name.replace(/[?*+]$/, '')} )${often}`
  })
  return new RegExp(`^(?:${patterns.join(content.includes('|') ? '|' : '')})$`)
}
