// Words selected in a line are what is to be withheld of it: its tick and the field fill themselves.
const form = document.querySelector("[data-marking]")
const words = form.querySelector("[name=words]")

document.addEventListener("mouseup", () => {
  const chosen = getSelection()
  const said = chosen.toString().trim()
  const from = chosen.anchorNode?.parentElement?.closest("[data-text]")
  if (!said || !from || from !== chosen.focusNode?.parentElement?.closest("[data-text]")) return
  words.value = said
  if (form.querySelector("[name=places][type=hidden]")) return // one line at a time
  for (const tick of form.querySelectorAll("[name=places]")) tick.checked = false
  // after the click of the label, which would turn the tick
  setTimeout(() => { from.closest(".passage").querySelector("[name=places]").checked = true })
})
