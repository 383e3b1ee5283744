// Lists whose elements stay while what they show changes: focus, typed texts and open parts with
// them.

/** The children of `list`: one for each item, made once for each key. */
export class Rows {
  #list;
  #make;
  #made = new Map();

  /** `make(item)` gives `{ element, update(item) }`. */
  constructor(list, make) {
    this.#list = list;
    this.#make = make;
  }

  /** Shows these items, in this order; `key(item)` tells one from the other. */
  show(items, key = ({ id }) => id) {
    const before = this.#made;
    this.#made = new Map();
    for (const item of items) {
      const row = before.get(key(item)) ?? this.#make(item);
      row.update(item);
      this.#made.set(key(item), row);
    }
    for (const [name, { element }] of before) if (!this.#made.has(name)) element.remove();
    // An element that is moved loses the focus, so those that stand right stay.
    let next = this.#list.firstElementChild;
    for (const { element } of this.#made.values()) {
      if (element === next) next = next.nextElementSibling;
      else this.#list.insertBefore(element, next);
    }
  }

  /** The row of a key, or undefined. */
  get(name) {
    return this.#made.get(name);
  }
}
