import { createSortedRowModel, rowSortingFeature, tableFeatures, useTable, type ColumnDef } from '@tanstack/react-table';
import { useMemo, type ReactNode } from 'react';
import { common } from '../words/common.ts';
import { useWords } from '../words/language.tsx';

export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** What the rows are put in order by when this heading is pressed; none: the column has no order. */
  readonly by?: (row: Row) => string | number;
  readonly numeric?: boolean;
}

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });
const compare = (a: unknown, b: unknown): number => (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b)));
const words = { ascending: '↑', descending: '↓' } as const;

/**
 * A table whose headings sort. On a phone each row is a card, its cells under their headings; the roles are written out because
 * a style that is no table's takes them away.
 */
export function DataTable<Row extends object>({ label, rows, columns, rowKey }: { readonly label: string; readonly rows: readonly Row[]; readonly columns: readonly Column<Row>[]; readonly rowKey: (row: Row) => string | number }) {
  const text = useWords(common);
  const defined = useMemo(() => columns.map((one): ColumnDef<typeof features, Row> => ({
    id: one.id, accessorFn: (row) => one.by?.(row) ?? '', enableSorting: one.by !== undefined,
    sortFn: (a, b, id) => compare(a.getValue(id), b.getValue(id)),
  })), [columns]);
  const table = useTable({ features, columns: defined, data: rows, getRowId: (row) => String(rowKey(row)) });
  const cells = new Map(columns.map((one) => [one.id, one]));
  return (
    <table className="data" role="table" aria-label={label}>
      <thead role="rowgroup">
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id} role="row">
            {group.headers.map(({ id, column }) => {
              const sorted = column.getIsSorted();
              const name = cells.get(id)?.header ?? '';
              return (
                <th key={id} role="columnheader" scope="col" data-numeric={cells.get(id)?.numeric} aria-sort={sorted === false ? undefined : sorted === 'asc' ? 'ascending' : 'descending'}>
                  {column.getCanSort() ? <button type="button" onClick={column.getToggleSortingHandler()} title={text.sortBy(name)}>{name} <span aria-hidden="true">{sorted === false ? '' : sorted === 'asc' ? words.ascending : words.descending}</span></button> : name}
                </th>
              );
            })}
          </tr>
        ))}
      </thead>
      <tbody role="rowgroup">
        {table.getRowModel().rows.map((row) => (
          <tr key={row.id} role="row">
            {columns.map((one) => <td key={one.id} role="cell" data-label={one.header} data-numeric={one.numeric}>{one.cell(row.original)}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
