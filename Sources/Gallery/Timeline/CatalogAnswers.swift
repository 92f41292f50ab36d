internal import Catalog
internal import Vocabulary

/// What is kept of the catalog's answers for all visitors.
struct CatalogAnswers: Sendable {
    /// At most some megabytes.
    let looks = KeptAnswers<LookBlock, [CellLook]>(for: .seconds(60), most: 2000)
    let coverage = KeptAnswers<CoverageStretch, CoverageAnswer>(for: .seconds(30), most: 32)
    let heat = KeptAnswers<HeatYear, [Statistics.Hour]>(for: .seconds(30), most: 64)
    /// All runs of the ledger are read for them where no stretch is given; those are kept.
    let totals = KeptAnswers<TotalsQuestion, Statistics>(for: .seconds(300), most: 256)
}
