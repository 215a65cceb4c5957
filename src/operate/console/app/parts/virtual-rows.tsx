import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';

export interface VirtualColumn<Row> { readonly id: string; readonly header: string; readonly cell: (row: Row) => ReactNode }
interface Props<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly VirtualColumn<Row>[];
  readonly rowKey: (row: Row) => string | number;
  /** Asked when the last rows come into sight. */
  readonly more?: () => void;
  /** What stands after the last row. */
  readonly end?: ReactNode;
  /** Names the widths of the columns (styles.css). */
  readonly kind: 'messages' | 'live';
}

const rowHeight = 42, soonRows = 20;

/** A table of which only the rows in sight are in the page, however many there are. Its roles are written out: there are no table elements. */
export function VirtualRows<Row>({ label, rows, columns, rowKey, more, end, kind }: Props<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 8, getItemKey: (index) => { const row = rows[index]; return row === undefined ? index : rowKey(row); } });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const near = rows.length > 0 && last >= rows.length - soonRows;
  useEffect(() => { if (near) more?.(); }, [near, more]);
  return (
    <div ref={scroller} className="virtual" data-kind={kind} role="region" aria-label={label} tabIndex={0}>
      <div role="table" aria-label={label} aria-rowcount={rows.length + 1}>
        <div role="rowgroup" className="virtual-head"><div role="row" aria-rowindex={1} className="virtual-row">{columns.map((one) => <div key={one.id} role="columnheader">{one.header}</div>)}</div></div>
        <div role="rowgroup" className="virtual-body" style={{ height: virtual.getTotalSize() }}>
          {shown.map(({ index, key, start }) => {
            const row = rows[index];
            return row === undefined ? null : (
              <div key={key} ref={virtual.measureElement} data-index={index} role="row" aria-rowindex={index + 2} className="virtual-row" style={{ transform: `translateY(${String(start)}px)` }}>
                {columns.map((one) => <div key={one.id} role="cell" data-column={one.id}>{one.cell(row)}</div>)}
              </div>
            );
          })}
        </div>
      </div>
      {end}
    </div>
  );
}
