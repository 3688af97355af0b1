import type { Scenario } from '../core/scenario/scenario.ts';
import { saveFile } from './downloads.ts';

/** Saves the scenario as the Python family's configurations, a zip with one folder. Returns its name. */
export async function saveConfiguration(scenario: Scenario): Promise<string> {
  const [{ configurationFiles }, { writeZip }, { scenarioFileName }] = await Promise.all([
    import('../interchange/configuration/configuration-files.ts'),
    import('../interchange/job-directory/write-zip.ts'),
    import('../interchange/scenario-file.ts'),
  ]);
  const name = scenarioFileName(scenario.title, 'zip')
    .replace(/(?:\.?scenario)?\.zip$/, '-configuration.zip')
    .replace(/^-/, '');
  const folder = name.replace(/\.zip$/, '');
  const { files } = configurationFiles(scenario);
  const pieces = await writeZip(inFolder(folder, files), { pause: () => Promise.resolve() });
  saveFile(name, new Blob(pieces, { type: 'application/zip' }));
  return name;
}

 
async function* inFolder(folder: string, files: ReadonlyMap<string, string>) {
  for (const [name, text] of files) yield { path: `${folder}/${name}`, text };
}
