// Whose fault it is: what fails in a trustee's part is named by the number of that trustee, then nothing goes on.
import { Fault } from "../ballots/faults.js";

export async function blaming(trustee, code, work) {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Fault ? new Fault(code, trustee) : error;
  }
}
