import type { Language } from '../settings'

// What the server says of a sum, and the same in Chinese.
const sums: [RegExp, string][] = [
  [/^(\S+) less (\S+) leaves (\S+), and a count cannot have been below nought$/, '$1 减去 $2 得 $3，数量不可能为负'],
  [/^from (\S+) to (\S+) is (\S+), said (\S+)$/, '从 $1 到 $2 应为 $3，原文说 $4'],
  [/^a part of (\S+) is more than the total of (\S+)$/, '其中一部分为 $1，多于总数 $2'],
  [/^the parts make (\S+), more than the total of (\S+)$/, '各部分合计 $1，多于总数 $2'],
  [/^the parts make (\S+) of (\S+)$/, '各部分合计 $1，总数 $2'],
  [/^the parts named make (\S+) of (\S+)$/, '已列出的部分合计 $1，总数 $2'],
  [/^the parts make (\S+), said (\S+)$/, '各部分合计 $1，原文说 $2'],
  [/^(\d+) members before 分别, (\d+) numbers behind it$/, '“分别”之前有 $1 项，之后有 $2 个数'],
  [/^the shares make (\S+)$/, '各占比合计 $1'],
]

/** What a sum shows, in plain words of the reader's language. */
export function checkWords({ message }: { message: string }, language: Language): string {
  if (language === 'en') return message
  const sum = sums.find(([pattern]) => pattern.test(message))
  return sum ? message.replace(...sum) : message
}
