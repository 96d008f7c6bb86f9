/** The ISO week the demo web tells of: 21 to 27 June 2021. */
export const DEMO_WEEK = '2021-W25';

/** The zone in which the demo's week is counted. */
export const DEMO_ZONE = 'Asia/Shanghai';

/** When the demo job visits the web: before and after the week's notice changes, a page vanishes and pages appear. */
export const DEMO_VISITS = {
  /** Thursday 24 June 2021, 09:00 in Shanghai. */
  thursday: '2021-06-24T01:00:00.000Z',
  /** Monday 28 June 2021, 07:30 in Shanghai. */
  monday: '2021-06-27T23:30:00.000Z',
} as const;
