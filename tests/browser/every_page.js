// Questions to a page in the browser. Each answers with a list of what is wrong; tests/browser/test_every_page.py asks.
globalThis.everyPage = (() => {
  const TARGET = 24;
  const TARGETS = 'a[href], button, input:not([type="hidden"]), select, textarea, summary';
  // As WCAG 1.4.12 names them.
  const SPACING =
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }" +
    " p { margin-bottom: 2em !important; }";
  const MEASURED = { shift: 0, largest: null };

  // The script stands before the document.
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) MEASURED.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => {
    for (const { element } of list.getEntries()) MEASURED.largest = element ?? MEASURED.largest;
  }).observe({ type: "largest-contentful-paint", buffered: true });

  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const short = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 110);
  const words = (element) => element.textContent.replace(/\s+/g, " ").trim();
  const frames = (number) =>
    new Promise((done) => {
      const next = (left) => (left ? requestAnimationFrame(() => next(left - 1)) : done());
      next(number);
    });

  // Words for screen readers are cut down to a point.
  function isForEarsOnly(element) {
    for (let one = element; one && one !== document.body; one = one.parentElement) {
      if (getComputedStyle(one).clipPath === "inset(50%)") return true;
    }
    return false;
  }

  function isSeen(element) {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    if (element.closest(".skip-link") || isForEarsOnly(element)) return false;
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0;
  }

  // A link in running text may be as high as its line.
  function isInASentence(element) {
    if (!getComputedStyle(element).display.startsWith("inline")) return false;
    let block = element.parentElement;
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    const rest = words(block).replace(words(element), "");
    return /\p{L}{2}/u.test(rest);
  }

  function targetBox(element) {
    const cover = getComputedStyle(element, "::after");
    if (cover.position === "absolute" && cover.content !== "none") {
      return element.closest(".card, li, article")?.getBoundingClientRect() ?? element.getBoundingClientRect();
    }
    const isTick = element.matches('[type="checkbox"], [type="radio"]');
    return ((isTick && element.closest("label")) || element).getBoundingClientRect();
  }

  function smallTargets() {
    return all(TARGETS)
      .filter((one) => isSeen(one) && !isInASentence(one))
      .map((one) => [targetBox(one), one])
      .filter(([box]) => Math.round(box.width) < TARGET || Math.round(box.height) < TARGET)
      .map(([box, one]) => `${Math.round(box.width)} × ${Math.round(box.height)}: ${short(one)}`);
  }

  function tooWide() {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? [`${scrollWidth} instead of ${clientWidth}`] : [];
  }

  // Teasers that end after some lines stand whole on the page they lead to.
  function cutText() {
    return all("body *")
      .filter((one) => one instanceof HTMLElement && isSeen(one) && words(one))
      .filter((one) => {
        const style = getComputedStyle(one);
        if (style.webkitLineClamp !== "none") return false;
        const cuts = (value) => value === "hidden" || value === "clip";
        return (
          (cuts(style.overflowX) && one.scrollWidth > one.clientWidth + 1) ||
          (cuts(style.overflowY) && one.scrollHeight > one.clientHeight + 1)
        );
      })
      .map(short);
  }

  function overlappingText() {
    const lines = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!node.data.trim() || parent.closest("svg, select, datalist, textarea") || !isSeen(parent)) continue;
      if (getComputedStyle(parent).webkitLineClamp !== "none") continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        // Tight lines touch with their empty upper and lower edges.
        const edge = box.height * 0.22;
        lines.push({ node, left: box.left, right: box.right, top: box.top + edge, bottom: box.bottom - edge });
      }
    }
    lines.sort((one, other) => one.top - other.top);
    const found = [];
    lines.forEach((one, index) => {
      for (let next = index + 1; next < lines.length && lines[next].top < one.bottom; next += 1) {
        const other = lines[next];
        const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const down = Math.min(one.bottom, other.bottom) - other.top;
        if (other.node !== one.node && across > 2 && down > 2) {
          found.push(`„${one.node.data.trim().slice(0, 40)}“ and „${other.node.data.trim().slice(0, 40)}“`);
        }
      }
    });
    return [...new Set(found)];
  }

  const spacing = new CSSStyleSheet();
  spacing.replaceSync(SPACING);
  function spaceText(isOn) {
    document.adoptedStyleSheets = isOn ? [spacing] : [];
  }

  function moving() {
    const longest = (text) => Math.max(...text.split(",").map(parseFloat));
    return all("*")
      .filter((one) => {
        const style = getComputedStyle(one);
        return (
          longest(style.transitionDuration) > 0.01 ||
          longest(style.animationDuration) > 0.01 ||
          style.scrollBehavior === "smooth"
        );
      })
      .map(short);
  }

  function printed() {
    const useless = all("nav, form, button, .skip-link, details.menu, .footer")
      .filter(isSeen)
      .map((one) => `stands on paper: ${short(one)}`);
    const unnamed = all('main a[href^="http"]')
      .filter((one) => isSeen(one) && !one.closest("svg, .card") && !one.querySelector("img"))
      .filter((one) => {
        const after = getComputedStyle(one, "::after").content;
        const address = one.getAttribute("href");
        return !after.includes(address) && !words(one).includes(new URL(address).host.replace(/^www\./, ""));
      })
      .map((one) => `has no address on paper: ${short(one)}`);
    return [...useless, ...unnamed];
  }

  const edges = (style) =>
    ["Top", "Right", "Bottom", "Left"].map((side) =>
      style[`border${side}Style`] === "none" || parseFloat(style[`border${side}Width`]) === 0
        ? ""
        : `${style[`border${side}Width`]} ${style[`border${side}Color`]}`,
    );

  // Where colours are the reader's own, grounds and shadows are gone: edges, lines and weight must tell.
  function goneInForcedColours() {
    const edgeless = all(".button, button, .chip, select, input:not([type='hidden'], [type='checkbox'])")
      .filter((one) => isSeen(one) && !edges(getComputedStyle(one)).some(Boolean))
      .map((one) => `has no edge: ${short(one)}`);
    const look = (element) => {
      const style = getComputedStyle(element);
      return [edges(style), style.textDecorationLine, style.fontWeight, style.backgroundColor, style.outlineStyle].join();
    };
    const unmarked = all("nav ul, nav ol")
      .filter((list) => isSeen(list) && !list.closest(".breadcrumbs"))
      .flatMap((list) => {
        const current = all("[aria-current]", list).filter(isSeen);
        const other = all("a:not([aria-current])", list).find(isSeen);
        return current.filter((one) => other && look(one) === look(other));
      })
      .map((one) => `looks like the others: ${short(one)}`);
    return [...edgeless, ...unmarked];
  }

  function neighbouringLinks() {
    const links = all("main a[href]").filter(isSeen);
    return links
      .slice(1)
      .filter((one, index) => {
        const before = links[index];
        return one.href === before.href && one.closest("li, p, article, td, th, figure") === before.closest("li, p, article, td, th, figure");
      })
      .map(short);
  }

  // Everything that waits for being near the window is asked to come, and has come.
  async function scrolledThrough() {
    for (let top = 0; top < document.body.scrollHeight; top += innerHeight) {
      scrollTo(0, top);
      await frames(1);
    }
    scrollTo(0, document.body.scrollHeight);
    const waiting = all("img").filter((one) => isSeen(one) && !one.complete);
    await Promise.all(waiting.map((one) => new Promise((done) => (one.onload = one.onerror = done))));
    await frames(2);
    scrollTo(0, 0);
  }

  function moved() {
    return MEASURED.shift > 0.01 ? [`by ${MEASURED.shift.toFixed(3)}`] : [];
  }

  function blockingScripts() {
    return performance
      .getEntriesByType("resource")
      .filter((one) => one.initiatorType === "script" && one.renderBlockingStatus === "blocking")
      .map((one) => one.name);
  }

  function badPictures() {
    const fold = innerHeight * 1.5;
    const found = [];
    for (const picture of all("img").filter(isSeen)) {
      const box = picture.getBoundingClientRect();
      const top = box.top + scrollY;
      const say = (fault) => found.push(`${fault}: ${picture.currentSrc} ${short(picture)}`);
      if (!picture.complete || !picture.naturalWidth) say("did not come");
      if (picture.loading === "lazy" && picture === MEASURED.largest && top < innerHeight / 2) say("is largest and comes late");
      if (picture.loading !== "lazy" && top > fold) say("comes at once, far below");
      if (picture.fetchPriority === "high" && top > innerHeight) say("is hurried, but out of sight");
      if (/\.(png|jpe?g|gif)$/.test(picture.currentSrc)) say("is of an old format");
      const widths = all("source", picture.closest("picture") ?? picture).flatMap((one) =>
        one.srcset.split(",").map((part) => parseInt(part.trim().split(" ")[1], 10)),
      );
      const wanted = box.width * devicePixelRatio;
      const drawn = parseInt(/-(\d+)\.\w+$/.exec(picture.currentSrc)?.[1] ?? "0", 10);
      if (drawn > wanted * 2 && widths.some((width) => width >= wanted && width < drawn)) {
        say(`is ${drawn} wide for ${Math.round(wanted)}`);
      }
    }
    return found;
  }

  return {
    badPictures,
    blockingScripts,
    cutText,
    goneInForcedColours,
    moved,
    moving,
    neighbouringLinks,
    overlappingText,
    printed,
    scrolledThrough,
    smallTargets,
    spaceText,
    tooWide,
  };
})();
