export const ChannelsScreen = () => null;
