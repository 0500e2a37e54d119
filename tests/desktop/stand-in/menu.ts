interface ItemOptions {
  readonly id?: string;
  readonly label?: string;
  readonly role?: string;
  readonly type?: string;
  readonly accelerator?: string;
  readonly enabled?: boolean;
  readonly click?: (item: MenuItem) => void;
  readonly submenu?: readonly ItemOptions[];
}

class MenuItem {
  readonly id: string;
  readonly label: string;
  readonly role: string | undefined;
  readonly type: string;
  readonly accelerator: string | undefined;
  readonly enabled: boolean;
  readonly submenu: Menu | undefined;
  readonly #onClick: ((item: MenuItem) => void) | undefined;

  constructor({
    id = '',
    label = '',
    role,
    type = 'normal',
    accelerator,
    enabled = true,
    click,
    submenu,
  }: ItemOptions) {
    this.id = id;
    this.label = label;
    this.role = role;
    this.type = type;
    this.accelerator = accelerator;
    this.enabled = enabled;
    this.submenu = submenu ? Menu.buildFromTemplate(submenu) : undefined;
    this.#onClick = click;
  }

  /** What a person's click does; items that are the operating system's (roles) do nothing here. */
  click(): void {
    this.#onClick?.(this);
  }
}

/** A menu that nobody sees: recorded, and clickable. */
export class Menu {
  static #application: Menu | null = null;
  readonly items: MenuItem[];

  constructor(items: MenuItem[] = []) {
    this.items = items;
  }

  static buildFromTemplate(template: readonly ItemOptions[]): Menu {
    return new Menu(template.map((options) => new MenuItem(options)));
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu;
  }

  static getApplicationMenu(): Menu | null {
    return Menu.#application;
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }

  popup(): void {
    // Nobody sees it.
  }
}
