/**
 * Pairs of characters that most documents of government hold. A week has too few documents to tell by itself that
 * 创新 says less than 脑机; these count for little however few documents of the batch have them.
 */
export const COMMON_PAIRS: ReadonlySet<string> = new Set(
  (
    '发展 社会 加强 经济 建设 改革 推进 工作 提高 实施 政策 加快 企业 促进 市场 政府 完善 支持 积极 全面 管理 重点 国家 ' +
    '结构 生产 进一 一步 基础 财政 继续 增加 服务 创新 中央 人民 稳定 增长 制度 坚持 扩大 产业 重大 能力 环境 落实 加大 ' +
    '水平 深化 基本 保障 综合 问题 技术 实现 机制 投资 重要 推动 调整 措施 力度 地区 增强 体系 体制 现代 质量 保护 全国 ' +
    '我国 战略 资源 主要 发挥 大力 国际 开放 改善 开展 建立 优化 持续 领域 作用 教育 事业 我们 项目 科技 有效 工程 安全 ' +
    '方面 保持 特别 资金 解决 设施 规模 地方 方式 取得 做好 努力 引导 合理 着力 实行 亿元 目标 依法 中国 今年 深入 条件 ' +
    '鼓励 区域 国内 行政 任务 规范 经营 产品 行业 一批 机构 健全 突出 切实 不断 制定 规划 改造 开发 监管 组织 完成 关键 ' +
    '强化 标准 合作 贯彻 城市 信息 各类 协调 形成 精神 成果 采取 进行 治理 提升 人员 关系 投入 认真 试点 务院 充分 研究 ' +
    '专项 单位 要求 部门 统筹 公共 安排 同时 明显 以上 自主 确保 各项 进展 世界 长期 主体 情况 结合 总体 严格 逐步 必须 ' +
    '新型 运行 利用 计划 中心 部分 责任 统一 指导 需求 按照 运用 阶段 更加 领导 代表 范围 特色 办法 提出 各地 提供 活动 ' +
    '形式 及时 各级 通过 以下 符合 以及 作为 根据 用于 其他 布局 关于 相关 负责 公布 发布 印发 通知 意见 规定 方案 申报 ' +
    '名单 有关 省市 科学 学技 科研 高校 院所 省级 市级 万元 平台 转化 认定 组织 会议 召开 举行 召集 介绍 记者 日报 电话 ' +
    '联系 年度 第一 首批 一是 二是 三是 此次 本次 目前 其中 表示 解读 条例 新技 高新 技企 业和 新企'
  ).split(' '),
);

/** The same for English: stems that any report on policy, business or research may hold. */
export const COMMON_STEMS: ReadonlySet<string> = new Set(
  (
    'government policy innovation research technology science plan programm program fund fund million billion year ' +
    'national country minist announc launch support develop compan business industry market public report announc ' +
    'project invest system univers work include percent global world'
  ).split(' '),
);
