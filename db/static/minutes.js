/* All of the site's pages work without this. */
document.addEventListener("DOMContentLoaded", () => {
  /* On a narrow window, fold away what the rows can be narrowed down by: the rows come first. */
  if (window.matchMedia("(max-width: 576px)").matches) {
    for (const facet of document.querySelectorAll("details.facet-info")) {
      facet.open = facet.querySelector("li.selected") !== null;
    }
  }
  const text = document.querySelector(".item-text");
  if (text) {
    tellOfMarks(text);
  }
});

/* What was made of a mark stands beside it while it has the focus, or after it was touched or clicked; Escape takes it
   away. Its words are those of the list of records. */
function tellOfMarks(text) {
  const about = document.createElement("div");
  about.className = "about";
  about.hidden = true;
  text.after(about);

  const choose = (numbers) => {
    for (const mark of text.querySelectorAll("mark")) {
      const its = mark.dataset.records.split(" ");
      mark.classList.toggle("chosen", numbers.some((number) => its.includes(number)));
    }
  };
  const hide = () => {
    about.hidden = true;
    choose([]);
  };
  const show = (mark) => {
    const numbers = mark.dataset.records.split(" ");
    about.replaceChildren(...numbers.map((number) => {
      const one = document.createElement("div");
      for (const part of document.getElementById(`record-${number}`).cloneNode(true).children) {
        part.removeAttribute("id");
        one.append(part.cloneNode(true));
      }
      const toList = one.querySelector(".ways a");
      toList.textContent = "in the list";
      toList.href = `#record-${number}`;
      return one;
    }));
    const lines = mark.getClientRects();
    const frame = text.parentElement.getBoundingClientRect();
    about.hidden = false;
    about.style.top = `${lines[lines.length - 1].bottom - frame.top + 6}px`;
  };

  text.addEventListener("focusin", (event) => show(event.target.querySelector("mark")));
  text.addEventListener("focusout", (event) => {
    if (!about.contains(event.relatedTarget) && !text.contains(event.relatedTarget)) {
      hide();
    }
  });
  text.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    /* Enter and a screen reader's own click go on to the list. */
    if (mark && event.detail > 0) {
      event.preventDefault();
      show(mark);
    }
  });
  document.addEventListener("pointerdown", (event) => {
    if (!text.contains(event.target) && !about.contains(event.target)) {
      hide();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      hide();
    }
  });
  /* A record may be marked in several pieces, where others lie within it: all of them are shown. */
  const arrive = () => {
    const anchor = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (anchor && text.contains(anchor)) {
      const link = [...document.querySelectorAll("ol.records .ways a")].find((a) => a.hash === location.hash);
      hide();
      choose(link ? [link.closest("li").id.replace("record-", "")] : []);
    }
  };
  window.addEventListener("hashchange", arrive);
  arrive();
}
