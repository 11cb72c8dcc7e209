// On a narrow window a long page begins folded: what is marked so is closed, unless the address points into it. Without this script it is long.
const aim = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (window.matchMedia("(max-width: 52rem)").matches) {
  for (const each of document.querySelectorAll("details[data-folds-narrow]")) if (!aim || !each.contains(aim)) each.open = false;
}
