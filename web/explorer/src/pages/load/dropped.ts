/** The files that were dropped, those in folders too; files whose names begin with a dot are the system's own. */
export async function dropped(items: DataTransferItemList): Promise<File[]> {
  // What is dropped has to be taken before anything is waited for. Only what lies in a folder has an entry for sure.
  const taken = [...items].map((item) => item.webkitGetAsEntry() ?? item.getAsFile())
  const files = taken.map((one) => (one instanceof File ? [one] : one ? filesOf(one) : []))
  return (await Promise.all(files)).flat().filter((file) => !file.name.startsWith('.'))
}

async function filesOf(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile)
    return [await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))]
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const inside: FileSystemEntry[] = []
  // A reader gives a part at a time, and an empty one at the end.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (part.length === 0) break
    inside.push(...part)
  }
  return (await Promise.all(inside.map(filesOf))).flat()
}
