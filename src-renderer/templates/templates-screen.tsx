export const TemplatesScreen = () => null;
