import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { contract } from '#workflows/contract/contract.ts';

/** The OpenAPI document of the contract as it is served under `/api`. */
export const openApiDocument = (version: string): Promise<object> =>
  new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] }).generate(contract, {
    info: {
      title: 'Countersign',
      version,
      description:
        'Draft, countersign, publish and prove public replies. Calls carry the session cookie of a launched browser and the header x-countersign: 1.',
    },
    servers: [{ url: '/api' }],
  });
