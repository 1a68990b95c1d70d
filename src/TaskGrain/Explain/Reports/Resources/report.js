'use strict';
(() => {
  const motion = document.getElementById('motion');
  if (motion) {
    motion.hidden = false;
    motion.addEventListener('click', () => {
      const still = document.body.classList.toggle('still');
      motion.textContent = still ? 'Let the pictures move' : 'Stop the moving pictures';
    });
  }

  const source = document.getElementById('clips');
  if (!source) {
    return;
  }

  const { names, clips } = JSON.parse(source.textContent);
  const detail = document.getElementById('detail');
  const grid = document.getElementById('matrix');
  const choice = document.getElementById('choice');
  const most = 24;
  const larger = 1.5;
  const cells = [...grid.querySelectorAll('button')];
  const at = cells.map(cell => cell.id.split('-').slice(1).map(Number));

  const element = (tag, text, name) => {
    const made = document.createElement(tag);
    if (text !== undefined) { made.textContent = text; }
    if (name) { made.className = name; }
    return made;
  };

  const card = clip => {
    const item = element('li');
    const answer = clip.p < 0 ? 'no class' : names[clip.p];
    if (clip.s) {
      const box = element('span', undefined, 'clip');
      box.style.cssText = `--n:${clip.n};width:${larger * clip.w}px;height:${larger * clip.h}px`;
      const picture = document.createElement('img');
      picture.alt = `Frames of clip ${clip.id}`;
      picture.width = larger * clip.n * clip.w;
      picture.height = larger * clip.h;
      picture.src = 'data:image/jpeg;base64,' + clip.s;
      box.append(picture);
      item.append(box);
    }
    item.append(element('p', `Clip ${clip.id}`));
    item.append(element('p', `Truth: ${names[clip.t]}`));
    const share = clip.q === null ? '' : ` (${(100 * clip.q).toFixed(1)}%)`;
    item.append(element('p', `Prediction: ${answer}${share}`, clip.p === clip.t ? 'right' : 'wrong'));
    if (clip.g !== null) { item.append(element('p', `Caption: ${clip.g || '(no word)'}`)); }
    if (clip.c !== null) { item.append(element('p', `True caption: ${clip.c}`)); }
    return item;
  };

  const show = (title, found, count) => {
    const list = element('ul', undefined, 'shown');
    list.append(...found.slice(0, most).map(card));
    const parts = [element('h3', title)];
    if (found.length > most) { parts.push(element('p', `The first ${most} of ${found.length} clips.`)); }
    if (found.length === 0) { parts.push(element('p', `${count} clips, which this page does not hold.`)); }
    detail.replaceChildren(...parts, list);
  };

  const choose = number => {
    const [truth, taken] = at[number];
    const found = clips.filter(clip => clip.t === truth && clip.p === taken);
    cells.forEach((cell, other) => cell.setAttribute('aria-pressed', String(other === number)));
    const title = truth === taken
      ? `${names[truth]}: recognised (${cells[number].textContent})`
      : `${names[truth]} taken for ${names[taken]} (${cells[number].textContent})`;
    show(title, found, cells[number].textContent);
  };

  const go = number => {
    cells.forEach((cell, other) => { cell.tabIndex = other === number ? 0 : -1; });
    cells[number].focus();
  };

  const next = (number, [down, across]) => {
    const [row, column] = at[number];
    let best = -1;
    let least = Infinity;
    at.forEach(([r, c], other) => {
      const ahead = down ? (r - row) * down : (c - column) * across;
      const aside = down ? Math.abs(c - column) : Math.abs(r - row);
      if (ahead > 0 && (down || aside === 0)) {
        const far = down ? aside * 1000 + ahead : ahead;
        if (far < least) { least = far; best = other; }
      }
    });
    return best;
  };

  const ways = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  grid.addEventListener('click', event => {
    const number = cells.indexOf(event.target.closest('button'));
    if (number >= 0) { go(number); choose(number); }
  });
  grid.addEventListener('keydown', event => {
    const number = cells.indexOf(event.target);
    if (number < 0 || !ways[event.key]) { return; }
    event.preventDefault();
    const other = next(number, ways[event.key]);
    if (other >= 0) { go(other); }
  });
  choice.parentElement.hidden = false;
  choice.addEventListener('change', () => {
    const truth = Number(choice.value);
    if (choice.value !== '') {
      const found = clips.filter(clip => clip.t === truth);
      show(`${names[truth]}: all its clips, mistakes first`, found, 'Its');
    }
  });
})();
