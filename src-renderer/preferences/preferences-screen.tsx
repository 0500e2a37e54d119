export const PreferencesScreen = () => null;
