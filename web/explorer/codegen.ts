import type { CodegenConfig } from '@graphql-codegen/cli'

// Types of the schema and of every graphql(`…`) in src, into src/graphql.
export default {
  schema: '../../schema/*.graphqls',
  documents: ['src/**/*.{ts,tsx}', '!src/graphql/**'],
  ignoreNoDocuments: true,
  generates: {
    'src/graphql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: { useTypeImports: true, enumsAsTypes: true, strictScalars: true, scalars: { Upload: 'File' } },
    },
  },
} satisfies CodegenConfig
