import type { Hop, TraceEntity, Way } from './queries'

/** A step that several ways share. */
export type Branch = { hop: Hop; branches: Branch[] /** Whether a way ends here. */; end: boolean }

/** Ways as a tree: what they have in common stands once. */
export function toTree(ways: Way[]): Branch[] {
  const root: Branch[] = []
  for (const { hops } of ways) {
    let branches = root
    hops.forEach((hop, index) => {
      let branch = branches.find((one) => one.hop.to.id === hop.to.id)
      if (!branch) {
        branch = { hop, branches: [], end: false }
        branches.push(branch)
      }
      branch.end ||= index === hops.length - 1
      branches = branch.branches
    })
  }
  return root
}

/** The entities and steps of ways, each once; steps lead from what is done to where it is. */
export type Steps = { entities: Map<string, TraceEntity>; steps: Map<string, Hop & { source: string; target: string }> }

export function toSteps(start: TraceEntity, ways: Way[], reaches: boolean): Steps {
  const entities = new Map<string, TraceEntity>([[start.id, start]])
  const steps: Steps['steps'] = new Map()
  for (const { hops } of ways)
    for (const hop of hops) {
      entities.set(hop.to.id, hop.to)
      const [source, target] = reaches ? [hop.from.id, hop.to.id] : [hop.to.id, hop.from.id]
      steps.set(`${source} ${target}`, { ...hop, source, target })
    }
  return { entities, steps }
}
