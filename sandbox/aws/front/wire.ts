/** A shape of AWS' SDK as it is in JSON: moments are numbers or texts there. */
export type Wire<T, Moment> = T extends Date
  ? Moment
  : T extends readonly (infer Item)[]
    ? Wire<Item, Moment>[]
    : T extends object
      ? { [K in keyof T]: Wire<T[K], Moment> }
      : T;

/** The same with names that begin with a small letter, as Kafka's are in JSON and not in the SDK. */
export type Lowered<T> = T extends readonly (infer Item)[]
  ? Lowered<Item>[]
  : T extends object
    ? { [K in keyof T as K extends string ? Uncapitalize<K> : K]: Lowered<T[K]> }
    : T;
