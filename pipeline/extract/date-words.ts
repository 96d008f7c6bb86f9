/** Words that pages of many languages put before a date, and names of elements that hold one. Stems: endings may follow. */

/** Words of these scripts start at a gap; Chinese, Japanese and Korean ones stand in a row. */
const AT_A_GAP = '(?<![\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}])';

/** The text came out on the day behind. */
export const PUBLISHED_WORDS =
  wordsBefore(`stand(?!\\p{L})|published|publish date|publication date|posted|written|first published|
  submitted on|release date|released|issued|veröffentlicht|erstellt|erschienen|datum|publié|mis en ligne|parution|
  publicad|fecha|pubblicat|geplaatst|gepubliceerd|publicerad|publisert|udgivet|offentliggjort|julkaistu|opublikowan|
  zveřejněn|publikov|vydáno|közzétéve|megjelent|publicat|objavljen|опубликован|опубліковано|публикуван|δημοσιεύ|yayın|
  diterbitkan|ngày đăng|प्रकाशित|发布|发表|發佈|發表|刊登|公開|掲載|배포|입력|등록|게시`);

/** The text was changed on the day behind. */
export const CHANGED_WORDS =
  wordsBefore(`updated?|modified|reviewed|edited|revised|aktualisiert|geändert|mise? à jour|
  modifié|actualizad|actualización|modificad|atualizad|aggiornat|bijgewerkt|uppdatera|oppdatert|opdateret|päivitetty|
  aktualiz|zaktualizowan|frissítve|ažurirano|обновлен|оновлено|ενημέρωση|güncelle|diperbarui|cập nhật|更新|修改|수정`);

/** Copyright spans, validity and deadlines, times of events, visits of sources, birthdays of accounts. */
export const OTHER_DATE_WORDS =
  /版权|copyright|©|有效期|截止|deadline|expires?|valid (?:until|till)|from .{3,30} to|bis zum|\bborn\b|last visited|abgerufen|accessed|registered|registriert|member since|mitglied seit|joined|inscrit|注册/iu;

/** Names of classes and ids. */
export const DATE_NAME =
  /(?:date|datum|(?<![a-z])time(?!line)|publish|posted|pubtime|fecha|dateline|stand|created|published|byline|meta|info|shijian|riqi)/iu;
export const CHANGED_NAME = /(?:updat|modif|changed|lastmod)/iu;
export const PUBLISHED_NAME = /publish/iu;

function wordsBefore(stems: string): RegExp {
  return new RegExp(`${AT_A_GAP}(?:${stems.replace(/\s*\n\s*/gu, '')})\\p{L}*`, 'giu');
}
