// Whose fault it is: what fails in a trustee's part bears the number of that trustee, and nothing goes on.
import { Fault } from "../ballots/faults.js";

export async function blaming(trustee, work) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Fault) throw Object.assign(new Fault(error.code), { trustee });
    throw error;
  }
}
