import { dialog, type BrowserWindow } from 'electron';
import { DESKTOP_WORDS } from './desktop-words.ts';

interface Text {
  readonly title: string;
  readonly detail: string;
}

/** The operating system's dialogues, in front of the desk's window where there is one. */
export class Prompts {
  readonly #window: () => BrowserWindow | null;

  constructor(window: () => BrowserWindow | null) {
    this.#window = window;
  }

  /** @returns an absolute path, or `null` when none was chosen */
  async chooseFolder(): Promise<string | null> {
    const window = this.#window();
    const options = {
      title: DESKTOP_WORDS.chooseFolder,
      properties: ['openDirectory', 'createDirectory'] satisfies ('openDirectory' | 'createDirectory')[],
    };
    const { canceled, filePaths } = window
      ? await dialog.showOpenDialog(window, options)
      : await dialog.showOpenDialog(options);
    return canceled ? null : (filePaths[0] ?? null);
  }

  async confirm({ title, detail }: Text, { yes, no }: { yes: string; no: string }): Promise<boolean> {
    const { response } = await this.#message({
      type: 'question',
      message: title,
      detail,
      buttons: [yes, no],
      defaultId: 0,
      cancelId: 1,
    });
    return response === 0;
  }

  async tell(type: 'warning' | 'error', { title, detail }: Text): Promise<void> {
    await this.#message({ type, message: title, detail, buttons: [DESKTOP_WORDS.ok] });
  }

  /** @returns whether the person does not want to be told again */
  async warn({ title, detail }: Text): Promise<boolean> {
    const { checkboxChecked } = await this.#message({
      type: 'warning',
      message: title,
      detail,
      buttons: [DESKTOP_WORDS.ok],
      checkboxLabel: DESKTOP_WORDS.doNotShowAgain,
    });
    return checkboxChecked;
  }

  #message(options: Electron.MessageBoxOptions): Promise<Electron.MessageBoxReturnValue> {
    const window = this.#window();
    return window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options);
  }
}
