// A small help for readers with a script: open or close all lines of an explanation, and open the one that is linked to.
"use strict";

for (const button of document.querySelectorAll("button[data-all]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const isOpen = button.dataset.all === "open";
    for (const line of document.querySelectorAll(".tree details")) {
      line.open = isOpen || line.classList.contains("d0");
    }
  });
}

function openLinked() {
  const target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  for (let line = target; line; line = line.parentElement && line.parentElement.closest("details")) {
    line.open = true;
  }
  if (target) target.scrollIntoView();
}

addEventListener("hashchange", openLinked);
openLinked();
