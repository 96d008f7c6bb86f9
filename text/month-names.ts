/**
 * Names of months as dates in each language write them, January to December: the form that stands in a date (often a
 * genitive) and the usual short forms. A name that means different months in two languages belongs to the one that stands
 * first (`listopada` is November in Polish and October in Croatian).
 */
const NAMES: Readonly<Record<string, string>> = {
  en: 'jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|sep sept september|oct october|nov november|dec december',
  de: 'januar jänner jänn|februar feber|märz mär mrz maerz|april|mai|juni|juli|august|september|oktober okt|november|dezember dez',
  fr: 'janvier janv|février févr fév fevrier|mars|avril avr|mai|juin|juillet juil|août aout|septembre|octobre|novembre|décembre déc decembre',
  es: 'enero ene|febrero|marzo|abril abr|mayo|junio|julio|agosto ago|septiembre setiembre|octubre|noviembre|diciembre dic',
  ca: 'gener|febrer|març|abril|maig|juny|juliol|agost|setembre|octubre|novembre|desembre',
  it: 'gennaio genn gen|febbraio febbr|marzo|aprile|maggio magg mag|giugno giu|luglio lug|agosto|settembre sett set|ottobre ott|novembre|dicembre',
  pt: 'janeiro|fevereiro fev|março marco|abril|maio|junho|julho|agosto|setembro|outubro out|novembro|dezembro',
  ro: 'ianuarie ian|februarie|martie|aprilie|mai|iunie iun|iulie iul|august|septembrie|octombrie|noiembrie|decembrie',
  nl: 'januari|februari|maart mrt|april|mei|juni|juli|augustus|september|oktober|november|december',
  'sv da no':
    'januari januar|februari februar|mars marts|april|maj mai|juni|juli|augusti|september|oktober|november|desember des',
  is: 'janúar|febrúar|mars|apríl|maí|júní|júlí|ágúst|september|október|nóvember|desember',
  fi: 'tammikuuta|helmikuuta|maaliskuuta|huhtikuuta|toukokuuta|kesäkuuta|heinäkuuta|elokuuta|syyskuuta|lokakuuta|marraskuuta|joulukuuta',
  et: 'jaanuar|veebruar|märts|aprill|mai|juuni|juuli|august|september|oktoober|november|detsember',
  lv: 'janvāris|februāris|marts|aprīlis|maijs|jūnijs|jūlijs|augusts|septembris|oktobris|novembris|decembris',
  lt: 'sausio|vasario|kovo|balandžio|gegužės|birželio|liepos|rugpjūčio|rugsėjo|spalio|lapkričio|gruodžio',
  pl: 'stycznia sty styczeń|lutego lut luty|marca marzec|kwietnia kwi kwiecień|maja|czerwca cze czerwiec|lipca lip lipiec|sierpnia sie sierpień|września wrz wrzesień|października paź październik|listopada lis listopad|grudnia gru grudzień',
  cs: 'ledna|února|března|dubna|května|června|července|srpna|září|října|listopadu|prosince',
  sk: 'januára januara|februára|marca|apríla|mája|júna|júla|augusta|septembra|októbra|novembra|decembra',
  sl: 'januarja|februarja|marca|aprila|maja|junija|julija|avgusta|septembra|oktobra|novembra|decembra',
  hr: 'siječnja|veljače|ožujka|travnja|svibnja|lipnja|srpnja|kolovoza|rujna||studenoga|',
  sr: 'јануар|фебруар|март|април|мај|јун|јул|avgust август|septembar септембар|oktobar октобар|novembar новембар|decembar децембар',
  hu: 'január|február|március márc|április ápr|május máj|június jún|július júl|augusztus|szeptember szept|október|november|december',
  ru: 'января янв январь|февраля фев февраль|марта март|апреля апр апрель|мая май|июня июн июнь|июля июл июль|августа авг август|сентября сен сентябрь|октября окт октябрь|ноября ноя ноябрь|декабря дек декабрь',
  uk: 'січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня',
  bg: 'януари|февруари|март|април|май|юни|юли|август|септември|октомври|ноември|декември',
  el: 'ιανουαρίου ιαν|φεβρουαρίου φεβ|μαρτίου μαρ|απριλίου απρ|μαΐου μαϊ|ιουνίου ιουν|ιουλίου ιουλ|αυγούστου αυγ|σεπτεμβρίου σεπ|οκτωβρίου οκτ|νοεμβρίου νοε|δεκεμβρίου δεκ',
  tr: 'ocak oca|şubat şub|mart|nisan nis|mayıs|haziran haz|temmuz tem|ağustos ağu|eylül eyl|ekim eki|kasım kas|aralık ara',
  'id ms':
    'januari|februari|maret|april|mei|juni|juli julai|agustus agu ogos|september|oktober|november|desember disember',
  ar: 'يناير|فبراير|مارس|أبريل ابريل|مايو|يونيو|يوليو|أغسطس اغسطس|سبتمبر|أكتوبر اكتوبر|نوفمبر|ديسمبر',
  he: 'ינואר בינואר|פברואר בפברואר|מרץ במרץ|אפריל באפריל|מאי במאי|יוני ביוני|יולי ביולי|אוגוסט באוגוסט|ספטמבר בספטמבר|אוקטובר באוקטובר|נובמבר בנובמבר|דצמבר בדצמבר',
  hi: 'जनवरी|फरवरी फ़रवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर सितम्बर|अक्टूबर अक्तूबर|नवंबर नवम्बर|दिसंबर दिसम्बर',
};

const NUMBERS = numbersOf(Object.values(NAMES));

/** The number of a month's name in lower or upper case, 1 to 12; undefined for any other word. */
export function monthNumber(name: string): number | undefined {
  return NUMBERS.get(name.toLowerCase().replace(/\.$/u, ''));
}

function numbersOf(languages: readonly string[]): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const language of languages)
    for (const [index, names] of language.split('|').entries())
      for (const name of names.split(' '))
        if (name !== '' && !numbers.has(name)) numbers.set(name, index + 1);
  return numbers;
}
