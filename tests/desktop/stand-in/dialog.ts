interface MessageOptions {
  readonly message: string;
  readonly detail?: string;
  readonly buttons?: readonly string[];
  readonly cancelId?: number;
  readonly checkboxLabel?: string;
}

const optionsOf = (parameters: readonly unknown[]): MessageOptions => parameters.at(-1) as MessageOptions;

/** Dialogues that nobody sees: recorded, and cancelled unless a test puts its own answer in a method's place. */
export const dialog = {
  /** What was shown, in order. */
  shown: [] as { readonly kind: string; readonly message: string }[],

  showMessageBox(...parameters: unknown[]): Promise<{ response: number; checkboxChecked: boolean }> {
    return Promise.resolve({ response: dialog.showMessageBoxSync(...parameters), checkboxChecked: false });
  },

  showMessageBoxSync(...parameters: unknown[]): number {
    const { message, cancelId = 0 } = optionsOf(parameters);
    dialog.shown.push({ kind: 'message', message });
    return cancelId;
  },

  showOpenDialog(..._parameters: unknown[]): Promise<{ canceled: boolean; filePaths: string[] }> {
    dialog.shown.push({ kind: 'open', message: '' });
    return Promise.resolve({ canceled: true, filePaths: [] });
  },

  showErrorBox(message: string): void {
    dialog.shown.push({ kind: 'error', message });
    process.stderr.write(`stand-in: error box: ${message}\n`);
  },
};
