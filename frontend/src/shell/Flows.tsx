import { ConnectHost } from '../features/connect/ConnectHost';
import { UninstallHost } from '../features/connected/UninstallHost';

/** Dialogs that any page can start through lib/intent; mounted once beside the pages. */
export default function Flows() {
  return (
    <>
      <ConnectHost />
      <UninstallHost />
    </>
  );
}
