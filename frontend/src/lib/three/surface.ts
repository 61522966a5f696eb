/** One WebGL canvas that draws several views side by side, and only when something has changed. */
import { type Camera, type Scene, WebGLRenderer } from "three";

export type View = {
  /** Where it is shown; its box is measured when sizes change, not at every frame. */
  element: HTMLElement;
  scene: Scene;
  camera: Camera;
  /** Told the view's width over height, to fit its camera. */
  fit: (aspect: number) => void;
  before?: () => void;
};

type Placed = View & { x: number; y: number; width: number; height: number };

const MAX_PIXEL_RATIO = 2;

export class NoWebGL extends Error {}

export class Surface {
  readonly renderer: WebGLRenderer;
  private views: Placed[] = [];
  private asked = 0;
  private readonly sizes: ResizeObserver;

  /** Throws `NoWebGL`. */
  constructor(private readonly canvas: HTMLCanvasElement) {
    const context = canvas.getContext("webgl2", { antialias: true, alpha: true });
    if (!context) throw new NoWebGL("This browser or machine draws no 3D (WebGL 2).");
    this.renderer = new WebGLRenderer({ canvas, context });
    this.renderer.setScissorTest(true);
    this.renderer.autoClear = false;
    this.sizes = new ResizeObserver(() => this.measure());
    this.sizes.observe(canvas);
  }

  show(views: View[]): void {
    this.views = views.map((view) => ({ ...view, x: 0, y: 0, width: 0, height: 0 }));
    for (const { element } of views) this.sizes.observe(element);
    this.measure();
  }

  /** Draws before the next paint, however often it is asked. */
  readonly draw = (): void => {
    this.asked ||= requestAnimationFrame(() => {
      this.asked = 0;
      this.drawNow();
    });
  };

  drawNow(): void {
    this.renderer.setScissor(0, 0, this.canvas.clientWidth, this.canvas.clientHeight);
    this.renderer.setClearColor(0x000000, 0); // drawing a scene leaves its background's colour
    this.renderer.clear();
    for (const view of this.views) {
      if (view.width < 2 || view.height < 2) continue;
      view.before?.();
      this.renderer.setViewport(view.x, view.y, view.width, view.height);
      this.renderer.setScissor(view.x, view.y, view.width, view.height);
      this.renderer.render(view.scene, view.camera);
    }
  }

  private measure(): void {
    const whole = this.canvas.getBoundingClientRect();
    if (whole.width < 2 || whole.height < 2) return;
    this.renderer.setPixelRatio(Math.min(devicePixelRatio, MAX_PIXEL_RATIO));
    this.renderer.setSize(whole.width, whole.height, false);
    for (const view of this.views) {
      const box = view.element.getBoundingClientRect();
      [view.x, view.y] = [box.left - whole.left, whole.bottom - box.bottom];
      [view.width, view.height] = [box.width, box.height];
      if (box.height > 0) view.fit(box.width / box.height);
    }
    this.drawNow();
  }

  dispose(): void {
    cancelAnimationFrame(this.asked);
    this.sizes.disconnect();
    this.renderer.dispose();
  }
}
