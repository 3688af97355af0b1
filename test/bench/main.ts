// npm run bench: every subject; npm run bench -- simulate loop: only those. Results depend on the machine; the ratios less so.
import { benchTable, measureRow, type BenchResult, type BenchSubject } from './bench.ts';
import { allocateBench } from './allocate.bench.ts';
import { csvBench } from './csv.bench.ts';
import { leastSquaresBench } from './least-squares.bench.ts';
import { loopBench } from './loop.bench.ts';
import { pageBench } from './page.bench.ts';
import { simulateBench } from './simulate.bench.ts';
import { studyBench } from './study.bench.ts';

const subjects: readonly BenchSubject[] = [simulateBench, leastSquaresBench, loopBench, studyBench, allocateBench, csvBench, pageBench];

const chosen = process.argv.slice(2);
const unknown = chosen.filter((id) => !subjects.some((subject) => subject.id === id));
if (unknown.length > 0) {
  console.error(`There is no bench "${unknown.join('", "')}". There are: ${subjects.map((subject) => subject.id).join(', ')}.`);
  process.exit(2);
}

const results: BenchResult[] = [];
for (const subject of subjects) {
  if (chosen.length > 0 && !chosen.includes(subject.id)) continue;
  for (const row of await subject.rows()) {
    process.stderr.write(`${row.name} ...\n`);
    results.push(await measureRow(row));
  }
}
console.log(benchTable(results));
