import type { Sample } from "../sample.js";
import { samples as budgets } from "./budgets.js";
import { samples as ec2 } from "./ec2.js";
import { samples as ecr } from "./ecr.js";
import { samples as eks } from "./eks.js";
import { samples as events } from "./events.js";
import { samples as iam } from "./iam.js";
import { samples as kms } from "./kms.js";
import { samples as logs } from "./logs.js";
import { samples as msk } from "./msk.js";
import { samples as s3 } from "./s3.js";
import { samples as sqs } from "./sqs.js";

/** In the order in which they are made: what others need comes first. */
export const samples: readonly Sample[] = [
  ...iam,
  ...kms,
  ...ec2,
  ...logs,
  ...sqs,
  ...events,
  ...s3,
  ...ecr,
  ...budgets,
  ...msk,
  ...eks,
];
