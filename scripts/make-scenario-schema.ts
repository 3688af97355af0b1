import { writeFileSync } from 'node:fs';
import { scenarioJsonSchema } from './scenario-json-schema.ts';

// npm run schema: writes the published JSON Schema anew; a test fails while it is behind.
writeFileSync(new URL('../public/scenario.schema.json', import.meta.url), `${JSON.stringify(scenarioJsonSchema(), null, 1)}\n`);
