import { Icon } from '../design/icon.tsx';

/** What is wrong with a form as a whole, or with what no field of it says. */
export const FormProblem = ({ children }: { children: string | null }) =>
  children === null ? null : (
    <p className="form-problem" role="alert">
      <Icon name="stop" size="small" />
      {children}
    </p>
  );
