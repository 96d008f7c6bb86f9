import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectLanguage } from '../../text/language.ts';

test('tells languages by script and small words', () => {
  const samples = [
    ['zh-CN', '国务院办公厅关于发展新一代产业的实施意见'],
    ['zh-TW', '行政院國家科學會關於產業發展的說明與實際標準'],
    ['ja', '科学技術・イノベーション基本計画を決定しました'],
    ['ko', '과학기술정보통신부는 연구개발 혁신방안을 발표했다'],
    ['en', 'The Department has published a consultation on the future of research funding.'],
    ['de', 'Das Ministerium hat die neue Strategie für Forschung und Innovation vorgestellt.'],
    ['fr', 'Le ministère a publié la stratégie nationale pour la recherche et une feuille de route.'],
    ['ru', 'Правительство утвердило программу развития науки'],
  ] as const;
  for (const [lang, text] of samples) assert.equal(detectLanguage(text), lang, text);
});

test('calls a Chinese text with English names Chinese', () => {
  assert.equal(
    detectLanguage('工信部发布 5G+Industrial Internet 512工程升级版实施方案，支持企业发展'),
    'zh-CN',
  );
});

test('is silent about a text that is too short', () => {
  assert.equal(detectLanguage('PDF 2021'), undefined);
});
