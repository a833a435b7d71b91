// So many jobs at a time, the rest in their order.
export class Line {
  constructor(width) { Object.assign(this, { free: width, waiting: [] }); }

  async run(job) {
    if (this.free > 0) this.free -= 1; else await new Promise((go) => { this.waiting.push(go); });
    try { return await job(); } finally {
      const next = this.waiting.shift();
      if (next) next(); else this.free += 1;
    }
  }
}
