export const PolicyScreen = () => null;
