//! What the families (分野) of policies are called; a user's own family goes by its letters.

use crate::lang::Lang;

const TITLES: [(&str, &str, &str); 14] = [
    ("DLC", "データの保有及び消去", "data lifecycle"),
    ("ACC", "アクセス制限", "access restriction"),
    ("IAM", "利用者の認証及び権限", "identity and authentication"),
    ("WEB", "ウェブアプリケーション", "web application"),
    ("TEN", "他の団体及び環境からの分離", "tenant and environment isolation"),
    ("CFG", "クラウドの設定", "cloud configuration"),
    ("SUB", "再委託", "subcontracting"),
    ("INC", "事故の報告及び対応", "incident notice and response"),
    ("LOG", "監視及びログ", "monitoring and logging"),
    ("END", "端末及び記録媒体", "endpoints and media"),
    ("TRN", "教育及び訓練", "training"),
    ("ASR", "検査及び監督", "assurance"),
    ("CHG", "変更及び更新の管理", "change and update"),
    ("RES", "復旧及び業務継続", "resilience"),
];

/// What a family is called.
pub fn title(family: &str, lang: Lang) -> &str {
    let found = TITLES.iter().find(|(id, _, _)| *id == family);
    found.map_or(family, |(_, ja, en)| lang.pick(ja, en))
}
