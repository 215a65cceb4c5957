import { Component, type ReactNode } from 'react';
import { Failed } from './states.tsx';

/** A page that throws leaves the frame standing. React tells only a class of it. What was thrown is not written anywhere: it may hold a value. */
export class Broken extends Component<{ readonly children: ReactNode }, { readonly error: unknown }> {
  override readonly state: { readonly error: unknown } = { error: null };
  static getDerivedStateFromError(error: unknown): { error: unknown } { return { error }; }
  override render(): ReactNode { return this.state.error === null ? this.props.children : <Failed error={this.state.error} again={() => { this.setState({ error: null }); }} />; }
}
