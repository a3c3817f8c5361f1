// The words of a page of the vote: Django writes them in its attributes, scripts only choose among them.
const attribute = (code) => `word_${code}`.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

// The sentence of a code where it is said, else that of the whole page, else that something failed.
export function word(page, code, { place = page, values = {} } = {}) {
  const found = place.dataset[attribute(code)] ?? page.dataset[attribute(code)] ?? page.dataset.wordFailed;
  return found.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
