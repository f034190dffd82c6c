type Singulars<T> = { [Key in keyof T as Key extends `${infer Base}_other` ? `${Base}_one` : never]?: string };

/** The same keys as `T`; English may add a singular (`_one`) where Chinese has one form only. */
export type Texts<T> = { [Key in keyof T]: T[Key] extends string ? string : Texts<T[Key]> } & Singulars<T>;
