/** Names of months as dates in European, Turkish and Indonesian texts write them; full names and usual short forms. */
const NAMES: readonly string[] = [
  'jan january januar jänner jänn janvier janv enero ene gennaio genn gen janeiro januari stycznia sty styczeń января янв январь ocak oca januara ledna tammikuuta',
  'feb february februar feber février févr fevrier febrero febbraio febbr fevereiro fev februari lutego lut luty февраля фев февраль şubat şub února helmikuuta',
  'mar march märz mär mrz mars marzo março marco maart mrt marca marzec марта март mart maret března maaliskuuta',
  'apr april avril avr abril abr aprile kwietnia kwi kwiecień апреля апр апрель nisan nis dubna huhtikuuta',
  'may mai mayo maggio magg mag maio mei maja maj мая май mayıs května toukokuuta',
  'jun june juni juin junio giugno giu junho czerwca cze czerwiec июня июн июнь haziran haz června kesäkuuta',
  'jul july juli juil juillet julio luglio lug julho lipca lip lipiec июля июл июль temmuz tem července heinäkuuta',
  'aug august augusti août aout agosto ago augustus sierpnia sie sierpień августа авг август ağustos ağu agustus agu srpna elokuuta',
  'sep sept september septembre septiembre setiembre settembre sett set setembro września wrz wrzesień сентября сен сентябрь eylül eyl září syyskuuta',
  'oct october oktober okt octobre octubre ottobre ott outubro out października paź październik октября окт октябрь ekim eki oktober října lokakuuta',
  'nov november novembre noviembre novembro listopada lis listopad ноября ноя ноябрь kasım kas marraskuuta',
  'dec december dezember dez décembre déc decembre diciembre dic dicembre dezembro desember des grudnia gru grudzień декабря дек декабрь aralık ara prosince joulukuuta',
];

const NUMBERS: ReadonlyMap<string, number> = new Map(
  NAMES.flatMap((names, index) => names.split(' ').map((name): [string, number] => [name, index + 1])),
);

/** The number of a month's name in lower or upper case, 1 to 12; undefined for any other word. */
export function monthNumber(name: string): number | undefined {
  return NUMBERS.get(name.toLowerCase().replace(/\.$/u, ''));
}
