/* On table pages, fold the list of column descriptions away behind its heading: it is longer than the screen.
   Without scripts it stays open. */
document.addEventListener("DOMContentLoaded", () => {
  const list = document.querySelector("dl.column-descriptions");
  if (list) {
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = "What the columns mean";
    list.replaceWith(details);
    details.append(summary, list);
  }
  /* A table wider than the screen is scrolled with the arrow keys once it can have the focus. */
  for (const wrapper of document.querySelectorAll(".table-wrapper:not([tabindex])")) {
    wrapper.tabIndex = 0;
    wrapper.setAttribute("role", "region");
    wrapper.setAttribute("aria-label", "Rows");
  }
});
