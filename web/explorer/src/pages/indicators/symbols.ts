/** The shapes of entities in charts, each told from the others without its colour. */
export const symbols = ['circle', 'square', 'triangle', 'diamond', 'star', 'wye', 'cross', 'hexagon'] as const
