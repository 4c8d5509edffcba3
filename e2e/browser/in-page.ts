// What is asked of a page from within, as text that runs there: the tests' own types know no DOM.
import type { Page } from 'playwright-core'

/** The colour behind everything, as red, green and blue. */
export const readBackground = (page: Page): Promise<number[]> =>
  page.evaluate(`
    (() => {
      const canvas = new OffscreenCanvas(1, 1).getContext('2d')
      for (const element of [document.documentElement, document.body]) {
        canvas.fillStyle = getComputedStyle(element).backgroundColor
        canvas.fillRect(0, 0, 1, 1)
      }
      return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)]
    })()`)

/** How many pixels the page can be moved sideways. */
export const readSideways = (page: Page): Promise<number> =>
  page.evaluate(`document.documentElement.scrollWidth - document.documentElement.clientWidth`)

/** Buttons, links and fields that a screen reader would not know how to call. */
export const findNameless = (page: Page): Promise<string[]> =>
  page.evaluate(`
    [...document.querySelectorAll('button, a[href], input, select, textarea')]
      .filter((element) => element.checkVisibility())
      .filter((element) => !['aria-label', 'aria-labelledby', 'title'].some((name) => element.getAttribute(name)))
      .filter((element) => !element.labels?.length && !element.textContent.trim())
      .map((element) => element.outerHTML.slice(0, 120))`)

/** Amounts that can be read over a shoulder. */
export const countSharpAmounts = (page: Page): Promise<number> =>
  page.evaluate(`
    (() => {
      const isBlurred = (element) =>
        element !== null && (getComputedStyle(element).filter.includes('blur') || isBlurred(element.parentElement))
      return [...document.querySelectorAll('.amount')].filter((one) => one.checkVisibility() && !isBlurred(one)).length
    })()`)

export const readFocus = (page: Page): Promise<{ text: string; isMarked: boolean }> =>
  page.evaluate(`
    (() => {
      const { outlineStyle, boxShadow } = getComputedStyle(document.activeElement)
      return { text: document.activeElement.textContent, isMarked: outlineStyle !== 'none' || boxShadow !== 'none' }
    })()`)

/** Drops a file onto the page, as the end of a drag from the file manager. */
export async function dropFile(page: Page, name: string, content: Uint8Array): Promise<void> {
  const dropped = await page.evaluateHandle(`
    (() => {
      const bytes = Uint8Array.from(atob('${Buffer.from(content).toString('base64')}'), (one) => one.charCodeAt(0))
      const transfer = new DataTransfer()
      transfer.items.add(new File([bytes], '${name}', { type: 'application/x-ofx' }))
      return transfer
    })()`)
  await page.dispatchEvent('main', 'dragenter', { dataTransfer: dropped })
  await page.getByText('Drop the statement', { exact: false }).waitFor()
  await page.dispatchEvent('main', 'drop', { dataTransfer: dropped })
}
