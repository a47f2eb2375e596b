// Marks the section being read and opens all data tables at once. The page is complete without it.
(function () {
  "use strict";
  var links = Array.from(document.querySelectorAll(".toc a[href^='#']"));
  var sections = links.map(function (link) { return document.getElementById(link.hash.slice(1)); });

  function mark() {
    var line = window.innerHeight * 0.3;
    var here = 0;
    sections.forEach(function (section, i) {
      if (section && section.getBoundingClientRect().top <= line) here = i;
    });
    if (window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2) here = links.length - 1;
    links.forEach(function (link, i) {
      if (i === here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }
  if (links.length) {
    window.addEventListener("scroll", mark, { passive: true });
    window.addEventListener("resize", mark, { passive: true });
    mark();
  }

  var button = document.getElementById("open-tables");
  var tables = document.querySelectorAll("details.dt");
  if (button && tables.length) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var open = button.textContent === "Open all data tables";
      tables.forEach(function (table) { table.open = open; });
      button.textContent = open ? "Close all data tables" : "Open all data tables";
    });
  }
})();
