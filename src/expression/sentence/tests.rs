//! Each row: an expression and its sentences.

use super::value::item_type;
use super::{condition, constant, fact, said, unmet, wanted};
use crate::expression::check::{self, Scope};
use crate::expression::typed::{Constant, Expression, Kind};
use crate::expression::types::Type;
use crate::lang::Lang;
use crate::load::tree::{Data, Entry, Mapping, Mark, Node, Span, State};
use crate::schema::{Field, Unit};

fn texts(words: &[&str]) -> Constant {
    Constant::List(words.iter().map(|word| Constant::Text((*word).into())).collect())
}

/// The parameters of the rows, and a binder: `store`, or `sub` where the row names it.
fn scope(source: &str) -> Scope {
    let (name, list) = match source.contains("sub.") {
        true => ("sub", "contract.subcontractors"),
        false => ("store", "system.data_stores"),
    };
    let list = check::list(list).unwrap();
    let parameters = [
        ("deadline_days_max", Constant::Int(30), Some(Unit::Days)),
        ("times_min", Constant::Int(2), Some(Unit::PerYear)),
        ("scope", texts(&["production", "backup", "subcontractor"]), None),
        ("copies", texts(&["production", "backup"]), None),
        ("kinds", texts(&["access_test", "port_scan"]), None),
    ];
    let parameters = parameters.into_iter().map(|(name, value, unit)| (name.to_owned(), (value, unit)));
    Scope {
        parameters: parameters.collect(),
        binder: Some((name.to_owned(), item_type(&list.ty).clone())),
        anchors: false,
    }
}

/// An expression, the Japanese sentence, the English one.
type Row = (&'static str, &'static str, &'static str);

const DEMANDS: &[Row] = &[
    (
        "contract.data_return.on_end",
        "契約終了時の返還・消去の義務があること",
        "there is a duty to return or erase at the end of the contract",
    ),
    (
        "records.tests.all(t, !('x' in t.covers && (t.tested_on <= as_of && !t.passed)))",
        "試験の記録の全てについて、試験の対象に「x」が含まれ、かつ、試験の実施日が判定基準日以前の場合は、試験の結果が「合格」であること",
        "for every test record, where the things covered by the test include “x”, and the date of the test is on or before the as-of date, the result of the test is “passed”",
    ),
    (
        "contract.data_return.deadline_days <= params.deadline_days_max",
        "返還・消去の期限が30日以下であること",
        "the deadline for return or erasure is at most 30 days",
    ),
    (
        "contract.data_return.deadline_days <= params.deadline_days_max || stated(contract.data_return.deadline_days_wording)",
        "返還・消去の期限が30日以下であるか、又は返還・消去の期限に関する文言の記載があること",
        "either the deadline for return or erasure is at most 30 days, or the wording on the deadline for return or erasure is stated",
    ),
    (
        "params.scope.all(s, s in contract.data_return.scope)",
        "返還・消去の対象範囲に次の全てが含まれること：本番環境のデータ、バックアップ、再委託先が保有する複製",
        "the scope of return or erasure includes “production data”, “backup” and “copy held by a subcontractor”",
    ),
    (
        "params.copies.all(s, s in contract.data_return.scope)",
        "返還・消去の対象範囲に「本番環境のデータ」及び「バックアップ」が含まれること",
        "the scope of return or erasure includes “production data” and “backup”",
    ),
    (
        "!params.copies.exists(s, s in contract.data_return.scope)",
        "返還・消去の対象範囲に「本番環境のデータ」及び「バックアップ」のいずれも含まれないこと",
        "the scope of return or erasure does not include any of “production data” or “backup”",
    ),
    (
        "'subcontractor' in contract.data_return.scope",
        "返還・消去の対象範囲に「再委託先が保有する複製」が含まれること",
        "the scope of return or erasure includes “copy held by a subcontractor”",
    ),
    (
        "records.deletions.exists(d, d.confirmed)",
        "消去の記録のいずれかについて、消去の確認状況が「確認済み」であること",
        "for at least one erasure record, the confirmation status of the erasure is “confirmed”",
    ),
    (
        "records.loans.all(l, l.status in ['returned', 'erased'])",
        "貸与の記録の全てについて、貸与データの状態が「返還済み」又は「消去済み」のいずれかであること",
        "for every loan record, the status of the loan is “returned” or “erased”",
    ),
    (
        "records.loans.all(l, l.due_on <= contract.term.end)",
        "貸与の記録の全てについて、返還予定日が履行期間の終了日以前であること",
        "for every loan record, the due date of the loan is on or before the last day of the contract period",
    ),
    (
        "records.deletions.exists(d, d.confirmed && d.erased_on <= contract.term.end + days(params.deadline_days_max) && params.copies.all(s, s in d.copy_kinds))",
        "消去の記録のいずれかについて、消去の確認状況が「確認済み」であり、かつ、消去日が履行期間の終了日から30日後の日以前であり、かつ、消去したデータ・複製物の種別に「本番環境のデータ」及び「バックアップ」が含まれること",
        "for at least one erasure record, the confirmation status of the erasure is “confirmed”, and the date of erasure is on or before the day 30 days after the last day of the contract period, and the kinds of data erased include “production data” and “backup”",
    ),
    (
        "!store.public_access",
        "保存場所への部外者のアクセスがないこと",
        "there is no access to the data store by outsiders",
    ),
    (
        "store.kind == 'database' ? !store.internet_reachable : true",
        "保存場所の種類が「データベース」の場合は、保存場所へのインターネットからの到達がないこと",
        "where the kind of data store is “database”, there is no access to the data store from the internet",
    ),
    (
        "store.auth_required == true && store.public_access == false",
        "保存場所の利用者認証があり、かつ、保存場所への部外者のアクセスがないこと",
        "there is authentication for the data store, and there is no access to the data store by outsiders",
    ),
    (
        "records.tests.exists(t, t.kind == 'access_test' && store.id in t.covers && t.confirmed)",
        "試験の記録のいずれかについて、試験の種類が「未認証アクセスの拒否試験」であり、かつ、試験の対象に当該データの保存場所が含まれ、かつ、試験結果の確認状況が「確認済み」であること",
        "for at least one test record, the kind of test is “access test without login”, and the things covered by the test include this data store, and the confirmation status of the test results is “confirmed”",
    ),
    (
        "records.tests.exists(t, t.kind == 'access_test' && store.id in t.covers && t.confirmed && as_of - t.tested_on <= days(365))",
        "試験の記録のいずれかについて、次の全てを満たすこと：①試験の種類が「未認証アクセスの拒否試験」であること、②試験の対象に当該データの保存場所が含まれること、③試験結果の確認状況が「確認済み」であること、④試験の実施日から判定基準日までの日数が365日以下であること",
        "for at least one test record, all of the following hold: (1) the kind of test is “access test without login”; (2) the things covered by the test include this data store; (3) the confirmation status of the test results is “confirmed”; (4) the time from the date of the test to the as-of date is at most 365 days",
    ),
    (
        "records.tests.exists(t, t.kind == 'anonymous_view' && system.id in t.covers && t.tested_on <= system.service_start)",
        "試験の記録のいずれかについて、試験の種類が「匿名利用者による外部からの閲覧確認」であり、かつ、試験の対象に当該システムが含まれ、かつ、試験の実施日がシステムの運用開始日以前であること",
        "for at least one test record, the kind of test is “check as an anonymous user from outside”, and the things covered by the test include this system, and the date of the test is on or before the first day of service of the system",
    ),
    (
        "records.tests.exists(t, t.kind in ['port_scan', 'search_test'] && (store.id in t.covers || system.id in t.covers) && t.confirmed)",
        "試験の記録のいずれかについて、次の全てを満たすこと：①試験の種類が「外部からの到達性の確認」又は「未認証の検索試験」のいずれかであること、②試験の対象に当該データの保存場所が含まれるか、又は試験の対象に当該システムが含まれること、③試験結果の確認状況が「確認済み」であること",
        "for at least one test record, all of the following hold: (1) the kind of test is “port scan from outside” or “search test without login”; (2) either the things covered by the test include this data store, or the things covered by the test include this system; (3) the confirmation status of the test results is “confirmed”",
    ),
    (
        "!records.tests.exists(t, t.kind == 'access_test' && !t.confirmed)",
        "試験の記録の全てについて、試験の種類が「未認証アクセスの拒否試験」の場合は、試験結果の確認状況が「確認済み」であること",
        "for every test record, where the kind of test is “access test without login”, the confirmation status of the test results is “confirmed”",
    ),
    (
        "records.tests.exists_one(t, t.kind == 'isolation_test')",
        "試験の記録のうち、試験の種類が「他システムとの分離試験」であるものがちょうど1件であること",
        "for exactly one test record, the kind of test is “isolation test”",
    ),
    (
        "contract.subcontractors.all(s, s.engaged_by in contract.parties.map(p, p.id))",
        "再委託先の全てについて、再委託先の契約相手が当事者のいずれかであること",
        "for every subcontractor, the party that engages the subcontractor is one of the parties",
    ),
    (
        "system.data_stores.filter(s, s.holds_personal_data).all(s, s.auth_required && s.auth_factors_count >= 2)",
        "データの保存場所のうち、保存場所への個人情報の保存があるものの全てについて、保存場所の利用者認証があり、かつ、保存場所の認証要素の数が2以上であること",
        "for every data store for which there is personal data in the data store, there is authentication for the data store, and the number of authentication factors for the data store is at least 2",
    ),
    (
        "contract.incident.reportable_persons_count == 1 && system.admin_accounts.total_count <= system.admin_accounts.limit_count",
        "報告対象となる本人の数の下限が1人であり、かつ、管理者アカウントの数が管理者アカウントの上限数以下であること",
        "the number of persons from which an incident is reportable is 1, and the number of administrator accounts is at most the upper limit of administrator accounts",
    ),
    (
        "system.admin_accounts.total_count <= 0 || system.admin_accounts.total_count > 0",
        "管理者アカウントの数が0件であるか、又は管理者アカウントの数が1件以上であること",
        "either the number of administrator accounts is 0, or the number of administrator accounts is at least 1",
    ),
    (
        "contract.subcontracting.prior_approval == 'written'",
        "再委託の事前承認の方式が「書面による承認」であること",
        "the form of prior approval of subcontracting is “written approval”",
    ),
    (
        "contract.subcontracting.prior_approval != 'none'",
        "再委託の事前承認の方式が「不要」でないこと",
        "the form of prior approval of subcontracting is not “none”",
    ),
    (
        "system.auth.mfa.admin in ['required', 'not_applicable']",
        "管理者の多要素認証が「必須」又は「該当する接続なし」のいずれかであること",
        "the multi-factor authentication of administrators is “required” or “no such access”",
    ),
    (
        "!(system.auth.mfa.admin in ['optional', 'none'])",
        "管理者の多要素認証が「任意」又は「未導入」のいずれでもないこと",
        "the multi-factor authentication of administrators is neither “optional” nor “none”",
    ),
    (
        "system.auth.mfa.exceptions.all(e, stated(e.reason) && e.ends_on > as_of)",
        "多要素認証の例外の全てについて、多要素認証の例外の理由の記載があり、かつ、多要素認証の例外の終了日が判定基準日より後であること",
        "for every exception from multi-factor authentication, the reason for the exception from multi-factor authentication is stated, and the end date of the exception from multi-factor authentication is after the as-of date",
    ),
    (
        "contract.training.times_per_year >= 1",
        "研修の実施回数が年1回以上であること",
        "the number of trainings per year is at least 1",
    ),
    (
        "contract.training.times_per_year >= params.times_min",
        "研修の実施回数が年2回以上であること",
        "the number of trainings per year is at least 2",
    ),
    (
        "contract.incident.first_report_hours <= 24 || stated(contract.incident.first_report_hours_wording)",
        "事故の第一報の期限が24時間以下であるか、又は事故の第一報の期限に関する文言の記載があること",
        "either the first report deadline is at most 24 hours, or the wording on the first report deadline is stated",
    ),
    (
        "contract.advisory.response_business_days < 5",
        "注意喚起への回答期限（営業日）が5営業日未満であること",
        "the advisory response deadline in business days is less than 5 business days",
    ),
    (
        "size(contract.subcontractors) > 0",
        "再委託先の件数が1件以上であること",
        "the number of subcontractors is at least 1",
    ),
    (
        "size(records.tests.filter(t, t.confirmed)) >= 2",
        "試験の記録のうち、試験結果の確認状況が「確認済み」であるものの件数が2件以上であること",
        "the number of test records for which the confirmation status of the test results is “confirmed” is at least 2",
    ),
    (
        "contract.responsibility_matrix.all(r, size(r.owners) == 1)",
        "責任分界の項目の全てについて、責任を負う者の数が1であること",
        "for every item of the responsibility matrix, the number of owners of the responsibility is 1",
    ),
    (
        "stated(system.specification.privacy_design)",
        "個人情報保護の設計説明の記載があること",
        "the explanation of the privacy design is stated",
    ),
    (
        "has(contract.term.extended_to) ? contract.loans.all(l, l.return_by <= contract.term.extended_to) : contract.loans.all(l, l.return_by <= contract.term.end)",
        "延長後の終了日の記載がある場合は、データの貸与の全てについて、貸与の返還期限が延長後の終了日以前であり、その他の場合は、データの貸与の全てについて、貸与の返還期限が履行期間の終了日以前であること",
        "where the last day after extension is stated, for every loan of data, the return date of the loan is on or before the last day after extension; otherwise for every loan of data, the return date of the loan is on or before the last day of the contract period",
    ),
    (
        "(system.tenancy.shared && system.tenancy.isolation in ['separate_instance', 'separate_db_account']) || !system.tenancy.shared",
        "次のいずれかに該当すること：①他の委託者とのサーバー等の共用があり、かつ、共用環境の分離方式が「サーバー・インスタンスの分離」又は「データベースアカウントの分離」のいずれかであること、②他の委託者とのサーバー等の共用がないこと",
        "at least one of the following holds: (1) there is sharing of servers with other clients, and the isolation method of the shared environment is “separate instance” or “separate database account”; (2) there is no sharing of servers with other clients",
    ),
    (
        "system.admin_accounts.total_count <= system.admin_accounts.limit_count",
        "管理者アカウントの数が管理者アカウントの上限数以下であること",
        "the number of administrator accounts is at most the upper limit of administrator accounts",
    ),
    (
        "params.kinds.all(k, records.tests.exists(t, t.kind == k && t.confirmed))",
        "「未認証アクセスの拒否試験」及び「外部からの到達性の確認」のそれぞれについて、試験の記録のいずれかについて、試験の種類がその値であり、かつ、試験結果の確認状況が「確認済み」であること",
        "for each of “access test without login” and “port scan from outside”, for at least one test record, the kind of test is that value, and the confirmation status of the test results is “confirmed”",
    ),
    (
        "records.advisories.all(a, a.replies.exists(r, r.evidence_attached && r.replied_on <= a.received_on + days(contract.advisory.response_days)))",
        "注意喚起の記録の全てについて、注意喚起への回答のいずれかについて、注意喚起への回答の根拠の添付があり、かつ、注意喚起への回答日が注意喚起の受領日から注意喚起への回答期限の日数が経過する日以前であること",
        "for every advisory record, for at least one advisory answer, there is evidence attached to the advisory answer, and the date of the advisory answer is on or before the date of receipt of the advisory plus the number of days of the advisory response deadline",
    ),
    (
        "!(contract.personal_data.handled && contract.subcontracting.permitted)",
        "個人情報の取扱いがある場合は、再委託の可否が「不可」であること",
        "where there is handling of personal data, the rule on subcontracting is “not permitted”",
    ),
    (
        "contract.term.service_start >= date('2024-04-01')",
        "運用開始日が令和6年4月1日以後であること",
        "the first day of service is on or after 2024-04-01",
    ),
    (
        "contract.number.startsWith('R') || contract.title.contains('保守')",
        "契約番号が「R」で始まるか、又は契約の件名に「保守」が含まれること",
        "either the contract number starts with “R”, or the title of the contract contains “保守”",
    ),
    (
        "contract.number.matches('^R[0-9]+$')",
        "契約番号が所定の書式（正規表現「^R[0-9]+$」）に一致すること",
        "the contract number has the required form (pattern “^R[0-9]+$”)",
    ),
    (
        "records.incident_reports.all(i, i.contractor_knew_on == i.client_told_on)",
        "事故報告の記録の全てについて、「受託者が事故を知った日」が「委託者が事故を知った日」と同じ日であること",
        "for every incident report record, the date on which the contractor knew of the incident is the same day as the date on which the client learned of the incident",
    ),
    (
        "contract.audit.right == contract.audit.includes_subcontractors",
        "監査・立入検査の権利の有無と再委託先への監査・検査の権利の有無とが一致すること",
        "both or neither of these are true: there is a right to audit and inspect; there is a right to audit and inspect subcontractors",
    ),
    (
        "contract.personal_data.handled && (contract.audit.right || contract.self_check.times_per_year >= 1) && records.handbook.issued_on <= as_of",
        "次の全てを満たすこと：①個人情報の取扱いがあること、②監査・立入検査の権利があるか、又はセキュリティ点検の実施回数が年1回以上であること、③手引書の作成日が判定基準日以前であること",
        "all of the following hold: (1) there is handling of personal data; (2) either there is a right to audit and inspect, or the number of security checks per year is at least 1; (3) the issue date of the handbook is on or before the as-of date",
    ),
    (
        "records.approvals.exists(a, a.subcontractor == sub.id && a.approved_on <= a.start_of_work_on && a.form == 'written')",
        "再委託の承認の記録のいずれかについて、承認の対象の再委託先が当該再委託先であり、かつ、再委託の承認日が再委託業務の着手日以前であり、かつ、再委託の承認の形式が「書面」であること",
        "for at least one subcontracting approval record, the subcontractor approved is this subcontractor, and the date of approval of subcontracting is on or before the start of work of the subcontractor, and the form of the approval is “written”",
    ),
    (
        "sub.role != 'group_company'",
        "再委託先の区分が「子会社・グループ会社」でないこと",
        "the kind of subcontractor is not “subsidiary or group company”",
    ),
    (
        "stated(sub.name) && stated(sub.task) && stated(sub.data) && stated(sub.tier)",
        "次の全てを満たすこと：①再委託先の名称の記載があること、②再委託する業務の記載があること、③「再委託先が取り扱うデータ」の記載があること、④再委託の階層の記載があること",
        "all of the following hold: (1) the name of the subcontractor is stated; (2) the task of the subcontractor is stated; (3) the data handled by the subcontractor is stated; (4) the tier of the subcontractor is stated",
    ),
    (
        "store.holds_personal_data && (has(store.retention_days) ? store.retention_days <= 365 : stated(store.retention_days_wording))",
        "次の全てを満たすこと：①保存場所への個人情報の保存があること、②データの保存期間の記載がある場合は、データの保存期間が365日以下であり、その他の場合は、データの保存期間に関する文言の記載があること",
        "all of the following hold: (1) there is personal data in the data store; (2) where the retention period of the data store is stated, the retention period of the data store is at most 365 days; otherwise the wording on the retention period of the data store is stated",
    ),
    (
        "!store.holds_personal_data || store.kind == 'database' || store.auth_required",
        "保存場所への個人情報の保存がある場合は、保存場所の種類が「データベース」であるか、又は保存場所の利用者認証があること",
        "where there is personal data in the data store, either the kind of data store is “database”, or there is authentication for the data store",
    ),
    (
        "store.kind != 'terminal' || store.zone != 'internet'",
        "保存場所の種類が「業務端末」の場合は、保存場所のネットワークの区分が「インターネット接続系」でないこと",
        "where the kind of data store is “terminal”, the network zone of the data store is not “internet zone”",
    ),
    (
        "store.zone == 'internet' || store.zone == 'lgwan' || store.public_access",
        "保存場所のネットワークの区分が「インターネット接続系」であるか、保存場所のネットワークの区分が「LGWAN接続系」であるか、又は保存場所への部外者のアクセスがあること",
        "either the network zone of the data store is “internet zone”, or the network zone of the data store is “LGWAN zone”, or there is access to the data store by outsiders",
    ),
    (
        "params.scope.exists(s, s in contract.data_return.scope)",
        "返還・消去の対象範囲に次のいずれかが含まれること：本番環境のデータ、バックアップ、再委託先が保有する複製",
        "the scope of return or erasure includes at least one of “production data”, “backup” and “copy held by a subcontractor”",
    ),
    (
        "!params.scope.all(s, s in contract.data_return.scope)",
        "返還・消去の対象範囲に次のいずれかが含まれないこと：本番環境のデータ、バックアップ、再委託先が保有する複製",
        "the scope of return or erasure does not include all of “production data”, “backup” and “copy held by a subcontractor”",
    ),
    (
        "!params.scope.exists(s, s in contract.data_return.scope)",
        "返還・消去の対象範囲に次のいずれも含まれないこと：本番環境のデータ、バックアップ、再委託先が保有する複製",
        "the scope of return or erasure does not include any of “production data”, “backup” or “copy held by a subcontractor”",
    ),
    (
        "system.data_items.filter(i, i.kind == 'password').all(i, i.at_rest == 'hashed')",
        "データ項目のうち、データ項目の種類が「パスワード」であるものの全てについて、データ項目の保存形式が「一方向ハッシュ」であること",
        "for every data item for which the kind of data item is “password”, the storage form of the data item is “one-way hash”",
    ),
    (
        "contract.data_return.scope.all(s, records.deletions.exists(d, s in d.copy_kinds))",
        "返還・消去の対象範囲の値の全てについて、消去の記録のいずれかについて、消去したデータ・複製物の種別にその値が含まれること",
        "for every value of the scope of return or erasure, for at least one erasure record, the kinds of data erased include that value",
    ),
    (
        "contract.incident.trigger[0] == 'malware'",
        "事故報告の対象事象の値の1番目が「マルウェアの感染」であること",
        "item 1 of the events that must be reported is “malware”",
    ),
    (
        "(contract.audit.right || contract.audit.includes_subcontractors) && records.loans.exists(l, l.confirmed || (l.status == 'lent' && l.due_on >= as_of))",
        "次の全てを満たすこと：①監査・立入検査の権利があるか、又は再委託先への監査・検査の権利があること、②貸与の記録のいずれかについて、次のいずれかに該当すること：（ア）貸与データの返還・消去の確認状況が「確認済み」であること、（イ）貸与データの状態が「貸与中」であり、かつ、返還予定日が判定基準日以後であること",
        "all of the following hold: (1) either there is a right to audit and inspect, or there is a right to audit and inspect subcontractors; (2) for at least one loan record, at least one of the following holds: (a) the confirmation status of the settlement of the loan is “confirmed”; (b) the status of the loan is “still lent”, and the due date of the loan is on or after the as-of date",
    ),
    (
        "records.tests.exists(t, t.passed && !t.reviewer_independent)",
        "試験の記録のいずれかについて、試験の結果が「合格」であり、かつ、試験の実施者の立場が「開発に関与した者」であること",
        "for at least one test record, the result of the test is “passed”, and the position of the tester is “part of the development”",
    ),
    (
        "records.tests.all(t, t.passed == t.confirmed && t.passed != t.reported_in_writing)",
        "試験の記録の全てについて、試験の結果が「合格」であるか否かと試験結果の確認状況が「確認済み」であるか否かとが一致し、かつ、試験の結果が「合格」であるか否かと試験結果の書面提出の有無とが一致しないこと",
        "for every test record, both or neither of these are true: the result of the test is “passed”; the confirmation status of the test results is “confirmed”, and exactly one of these is true: the result of the test is “passed”; there is submission of the test results in writing",
    ),
    (
        "records.trainings.exists(t, t.topics.exists(p, p != 'personal_data'))",
        "研修の記録のいずれかについて、実施した研修の題材に「個人情報の取扱い」以外のものが含まれること",
        "for at least one training record, the topics taught include something other than “handling of personal data”",
    ),
    (
        "records.trainings.all(t, t.topics.all(p, p in ['personal_data', 'support_scam']))",
        "研修の記録の全てについて、実施した研修の題材に「個人情報の取扱い」又は「サポート詐欺（偽の警告画面）」以外のものが含まれないこと",
        "for every training record, the topics taught do not include anything other than “handling of personal data” or “support scam (fake warning screens)”",
    ),
    (
        "records.trainings.all(t, !t.topics.exists(p, p == 'personal_data'))",
        "研修の記録の全てについて、実施した研修の題材に「個人情報の取扱い」が含まれないこと",
        "for every training record, the topics taught do not include “handling of personal data”",
    ),
    (
        "store.holds_personal_data ? store.auth_required : false",
        "保存場所への個人情報の保存があり、かつ、保存場所の利用者認証があること",
        "there is personal data in the data store, and there is authentication for the data store",
    ),
];

const CONDITIONS: &[Row] = &[
    (
        "contract.personal_data.handled",
        "個人情報の取扱いがある場合",
        "where there is handling of personal data",
    ),
    ("stage == 'running'", "契約段階が履行中の場合", "where the stage is running"),
    (
        "stage in ['running', 'ended']",
        "契約段階が履行中又は契約終了後の場合",
        "where the stage is running or ended",
    ),
    ("stage != 'bid'", "契約段階が調達中でない場合", "where the stage is not bid"),
    (
        "system.operation == 'outsourced' && system.public_facing",
        "システムの運営形態が「委託」であり、かつ、インターネットへの公開がある場合",
        "where the form of operation is “outsourced”, and there is exposure to the internet",
    ),
    (
        "!has(contract.term.terminated_on)",
        "中途終了日の記載がない場合",
        "where the date of early termination is not stated",
    ),
    (
        "has(contract.data_return.deadline_days)",
        "返還・消去の期限の記載がある場合",
        "where the deadline for return or erasure is stated",
    ),
    (
        "system.data_stores.exists(s, s.holds_personal_data)",
        "データの保存場所のいずれかについて、保存場所への個人情報の保存がある場合",
        "where, for at least one data store, there is personal data in the data store",
    ),
    (
        "store.kind in ['database', 'object_storage'] && store.holds_personal_data",
        "保存場所の種類が「データベース」又は「オブジェクトストレージ」のいずれかであり、かつ、保存場所への個人情報の保存がある場合",
        "where the kind of data store is “database” or “object storage”, and there is personal data in the data store",
    ),
    (
        "!contract.personal_data.handled || stage == 'ended'",
        "個人情報の取扱いがないか、又は契約段階が契約終了後の場合",
        "where either there is no handling of personal data, or the stage is ended",
    ),
    (
        "system.public_facing && system.data_stores.exists(s, s.holds_personal_data)",
        "インターネットへの公開があり、かつ、データの保存場所のいずれかについて、保存場所への個人情報の保存がある場合",
        "where there is exposure to the internet, and for at least one data store, there is personal data in the data store",
    ),
    (
        "contract.subcontracting.permitted",
        "再委託の可否が「可」の場合",
        "where the rule on subcontracting is “permitted”",
    ),
    (
        "size(contract.loans) > 0",
        "データの貸与の件数が1件以上の場合",
        "where the number of loans of data is at least 1",
    ),
    (
        "system.data_stores.filter(s, s.public_access || (s.holds_personal_data && s.auth_required)).exists(s, s.held_by == 'contractor')",
        "データの保存場所のうち、保存場所への部外者のアクセスがあるか、又は（保存場所への個人情報の保存があり、かつ、保存場所の利用者認証がある）もののいずれかについて、データの保有者が「受託者」の場合",
        "where, for at least one data store for which either there is access to the data store by outsiders, or (there is personal data in the data store, and there is authentication for the data store), the holder of the data store is “contractor”",
    ),
];

const UNMET: &[Row] = &[
    (
        "contract.personal_data.handled",
        "個人情報の取扱いがないため",
        "because there is no handling of personal data",
    ),
    ("stage == 'ended'", "契約段階が契約終了後ではないため", "because the stage is not ended"),
    (
        "stage in ['build', 'running']",
        "契約段階が構築中又は履行中のいずれでもないため",
        "because the stage is neither build nor running",
    ),
    (
        "contract.subcontracting.permitted",
        "再委託の可否が「不可」であるため",
        "because the rule on subcontracting is “not permitted”",
    ),
    (
        "contract.parties.exists(p, p.role == 'lessor')",
        "当事者の全てについて、当事者の立場が「賃貸人（リース会社）」ではないため",
        "because, for every party, the role of the party is not “lessor”",
    ),
    (
        "system.public_facing && system.data_stores.exists(s, s.holds_personal_data)",
        "インターネットへの公開がないか、又はデータの保存場所の全てについて、保存場所への個人情報の保存がないため",
        "because either there is no exposure to the internet, or for every data store, there is no personal data in the data store",
    ),
    (
        "system.web.sql != 'not_used' || system.collects_from_users",
        "SQL文の組立て方式が「SQLの使用なし」であり、かつ、利用者からの個人情報の収集がないため",
        "because the method of building SQL is “no SQL”, and there is no collection of personal data from users",
    ),
    (
        "has(system.collaboration.default_visibility) || system.data_stores.exists(s, s.kind == 'collaboration_space')",
        "共同作業スペースの既定の公開範囲の記載がなく、かつ、データの保存場所の全てについて、保存場所の種類が「共同作業スペース・共有フォルダー」ではないため",
        "because the default visibility of collaboration spaces is not stated, and for every data store, the kind of data store is not “collaboration space or share folder”",
    ),
    (
        "system.public_facing && (system.collects_from_users || system.tenancy.shared)",
        "インターネットへの公開がないか、又は（利用者からの個人情報の収集がなく、かつ、他の委託者とのサーバー等の共用がない）ため",
        "because either there is no exposure to the internet, or (there is no collection of personal data from users, and there is no sharing of servers with other clients)",
    ),
    (
        "(system.collects_from_users || system.tenancy.shared) && system.public_facing",
        "（利用者からの個人情報の収集がなく、かつ、他の委託者とのサーバー等の共用がない）か、又はインターネットへの公開がないため",
        "because either (there is no collection of personal data from users, and there is no sharing of servers with other clients), or there is no exposure to the internet",
    ),
    (
        "stage in ['build', 'running'] && !(store.kind in ['terminal', 'removable_media', 'paper'])",
        "契約段階が構築中又は履行中のいずれでもないか、又は保存場所の種類が「業務端末」、「可搬記録媒体」又は「紙文書」のいずれかであるため",
        "because either the stage is neither build nor running, or the kind of data store is “terminal”, “removable media” or “paper”",
    ),
];

fn holds(rows: &[Row], say: impl Fn(&Expression, Lang) -> String) {
    for (source, ja, en) in rows {
        let expression = match check::condition(source, &scope(source)) {
            Ok(expression) => expression,
            Err(fault) => panic!("{source}: {:?}", fault.problem),
        };
        for (lang, sentence) in [(Lang::Ja, ja), (Lang::En, en)] {
            let said = say(&expression, lang);
            assert_eq!(said, *sentence, "{source}");
            let leaks = ["_", "&&", "||", "==", "<=", ">=", "!", "()"].iter().any(|sign| said.contains(sign));
            assert!(!leaks, "{source}: {said}");
        }
    }
}

#[test]
fn a_demand_reads_as_a_sentence() {
    holds(DEMANDS, |expression, lang| wanted(expression, None, lang));
}

#[test]
fn a_condition_reads_as_a_sentence() {
    holds(CONDITIONS, condition);
}

#[test]
fn why_a_condition_does_not_hold_reads_as_a_reason() {
    holds(UNMET, unmet);
}

#[test]
fn an_item_beside_one_of_its_kind_is_told_apart() {
    holds(
        &[(
            "contract.subcontractors.exists(s, s.id == sub.engaged_by && s.tier < sub.tier)",
            "再委託先のいずれかについて、当該再委託先の契約相手がその再委託先であり、かつ、\
             再委託の階層が当該再委託先の再委託の階層未満であること",
            "for at least one subcontractor, the party that engages this subcontractor is that subcontractor, \
             and the tier of the subcontractor is less than the tier of this subcontractor",
        )],
        |expression, lang| wanted(expression, None, lang),
    );
}

#[test]
fn a_constant_has_its_unit_and_its_label() {
    let copies = check::expression("contract.data_return.scope", &Scope::default()).unwrap().ty;
    let one = Constant::Int(1);
    let rows = [
        (Constant::Int(30), Type::Int(Some(Unit::Days)), "30日", "30 days"),
        (one.clone(), Type::Int(Some(Unit::PerYear)), "年1回", "1 time a year"),
        (one, Type::Int(None), "1", "1"),
        (Constant::Number(1.5), Type::Number(Some(Unit::Hours)), "1.5時間", "1.5 hours"),
        (Constant::Bool(true), Type::Bool, "あり", "yes"),
        (Constant::Text("ended".into()), Type::Stage, "契約終了後", "ended"),
        (
            texts(&["production", "backup"]),
            copies.clone(),
            "本番環境のデータ、バックアップ",
            "production data, backup",
        ),
        (texts(&[]), copies, "なし（空の一覧）", "none (empty list)"),
    ];
    for (value, ty, ja, en) in rows {
        assert_eq!((&*constant(&value, &ty, Lang::Ja), &*constant(&value, &ty, Lang::En)), (ja, en));
    }
}

fn node(data: Data) -> Node {
    Node::new(Span::default(), data)
}

fn text(text: &str) -> Node {
    node(Data::Text(text.into()))
}

fn field(path: &str) -> Field {
    let expression = check::expression(path, &Scope::default()).unwrap();
    let Kind::Select(_, field) = expression.kind else { panic!("{path} is no field") };
    field
}

fn marked(state: State) -> Node {
    Node { mark: Some(Box::new(Mark { state, ..Mark::default() })), ..Node::default() }
}

#[test]
fn a_fact_is_shown_as_it_stands() {
    let days = "contract.data_return.deadline_days";
    let mut party = Mapping::default();
    for (key, value) in [("id", "a"), ("name", "甲社")] {
        let entry = Entry { key: key.into(), key_span: Span::default(), value: text(value) };
        party.insert(entry).unwrap();
    }
    let list = |items: Vec<Node>| node(Data::List(items));
    let rows = [
        (days, node(Data::Int(30)), "30日", "30 days"),
        ("contract.data_return.on_end", node(Data::Bool(false)), "なし", "no"),
        ("contract.subcontracting.permitted", node(Data::Bool(false)), "不可", "not permitted"),
        (
            "contract.subcontracting.prior_approval",
            text("written"),
            "書面による承認（written）",
            "written approval (written)",
        ),
        ("contract.term.end", text("令和8年3月31日"), "令和8年3月31日", "2026-03-31"),
        ("contract.term.end", text("未記入"), "未記入", "未記入"),
        ("contract.title", text("<b>|保守|</b>"), "<b>|保守|</b>", "<b>|保守|</b>"),
        ("contract.data_return.scope", list(vec![]), "なし（空の一覧）", "none (empty list)"),
        (
            "contract.data_return.scope",
            list(vec![text("production"), text("backup")]),
            "本番環境のデータ（production）、バックアップ（backup）",
            "production data (production), backup (backup)",
        ),
        ("contract.parties", list(vec![node(Data::Map(party))]), "甲社（a）", "甲社 (a)"),
        (days, Node::default(), "記載なし", "not stated"),
        (
            days,
            marked(State::Placeholder("別途協議".into())),
            "記載なし（別途協議）",
            "not stated (別途協議)",
        ),
        (
            days,
            marked(State::Conflict(vec![node(Data::Int(30)), node(Data::Int(60))])),
            "記載の不一致（30日／60日）",
            "the sources disagree (30 days / 60 days)",
        ),
    ];
    for (path, node, ja, en) in rows {
        let said = [Lang::Ja, Lang::En].map(|lang| fact(field(path), &node, lang));
        assert_eq!(said, [ja, en], "{path}");
    }
}

#[test]
fn a_paper_calls_words_by_their_names_alone() {
    let list = |items: Vec<Node>| node(Data::List(items));
    let rows = [
        ("contract.subcontracting.prior_approval", text("written"), "書面による承認", "written approval"),
        ("contract.data_return.scope", list(vec![]), "なし", "none"),
        ("contract.data_return.scope", list(vec![text("backup")]), "バックアップ", "backup"),
        (
            "contract.data_handling.countries",
            list(vec![text("JP"), text("ZZ")]),
            "日本（JP）、ZZ",
            "Japan (JP), ZZ",
        ),
        ("system.admin_accounts.total_count", node(Data::Int(6)), "6件", "6"),
        ("system.title", text("<b>"), "<b>", "<b>"),
    ];
    for (path, node, ja, en) in rows {
        let told = [Lang::Ja, Lang::En].map(|lang| said(field(path), &node, lang));
        assert_eq!(told, [ja, en], "{path}");
    }
}
