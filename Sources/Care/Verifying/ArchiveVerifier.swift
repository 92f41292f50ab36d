package import Archive
package import GRDB
internal import Validation
internal import Vocabulary

/// Checks everything that an archive promises.
///
/// Each step reads one state of the archive and is short, so a capture may go on beside it. What a step cannot read at all
/// is a finding like any other: the steps after it still run.
package struct ArchiveVerifier: Sendable {
    let database: any DatabaseReader
    let path: String
    let pictures: ArchivePictures
    /// Reads the pictures that lie in packs; `nil` to pass over them.
    let packs: (any PackedPictures)?
    /// How closely pictures are looked at.
    let depth: PictureCheck.Depth

    /// - Parameter packs: reads the pictures that lie in packs; `nil` to pass over them.
    package init(database: any DatabaseReader, path: String, packs: (any PackedPictures)? = nil) {
        self.init(database: database, path: path, depth: .decoding, packs: packs)
    }

    /// - Parameters:
    ///   - pictures: where a copy of the archive has them.
    ///   - packs: reads those that lie in packs; `nil` to pass over them.
    init(
        database: any DatabaseReader, path: String, depth: PictureCheck.Depth, pictures: ArchivePictures? = nil,
        packs: (any PackedPictures)? = nil
    ) {
        (self.database, self.path, self.depth, self.packs) = (database, path, depth, packs)
        self.pictures = pictures ?? ArchivePictures(ofArchive: path)
    }

    /// - Parameters:
    ///   - journal: where an interrupted check is noted, and one that is gone on with is found.
    ///   - progress: called from the calling task, after every few pictures.
    package func verify(
        _ request: VerifyRequest, journal: VerifyJournal? = nil, progress: (VerifyProgress) -> Void
    ) async throws -> VerifyReport {
        var findings = try await examineTables(quick: request.quick)
        try await checkPacks(&findings)
        if !request.quick { try await checkPictures(request, journal, &findings, progress) }
        try await name(&findings)
        return findings.report
    }

    /// Everything but the pictures themselves, and which frames are concerned.
    func examineTables(quick: Bool) async throws -> Findings {
        var findings = Findings()
        try await checkStructure(quick: quick, &findings)
        try await checkRelations(&findings)
        try await checkNumbers(&findings)
        let before = findings.report.problems.count
        try await check("the slot ledger", &findings) { try LedgerCheck.problems(in: $0) }
        if findings.report.problems.count > before { findings.report.ledgerIsSound = false }
        try await findFramesWithoutPicture(&findings)
        return findings
    }

    /// What is wrong with a picture, by its digest.
    typealias Suspects = [SHA256Digest: String]

    /// What the steps add to: the report, and what a repair wants to know.
    struct Findings: Sendable {
        var report = VerifyReport()
        var suspects: Suspects = [:]
        /// What sound pictures are suspected of, by what this check saw.
        var doubts: [SHA256Digest: Suspicion] = [:]
        /// How many pictures could not be fetched from packs, by why.
        var unfetched: [String: Int] = [:] {
            didSet {
                report.unread = unfetched.filter { $0.value > 0 }.sorted { $0.key < $1.key }.map { reason, pictures in
                    "\(pictures) of the pictures in packs: \(reason)"
                }
            }
        }
        /// Pictures that could not be fetched because their pack is gone or was cut short, with what is said of it.
        var lost: [SHA256Digest: String] = [:]
        /// The seams that it saw in them.
        var seams: [SHA256Digest: Seam] = [:]
        /// The frames whose pictures are suspect or were, with those that are known to be.
        var frames: [SHA256Digest: [FrameID]] = [:]
        var quarantined: Set<FrameID> = []
        /// The newest frame at that time.
        var newest = FrameID(0)
        var deviations: [Deviation] = []
        /// Contents that belong to no picture.
        var orphans: [StoredPicture] = []
        /// Tables in whose structure something is wrong.
        var tables: Set<String> = []

        /// Adds problems of one kind, cut to a number that a person can read.
        mutating func add(_ problems: [String], of kind: String) {
            report.problems += problems.prefix(VerifyReport.problemLimit)
            if problems.count > VerifyReport.problemLimit { report.problems.append("\(kind): more of the kind") }
        }
    }

    // MARK: - Steps

    private func checkStructure(quick: Bool, _ findings: inout Findings) async throws {
        let tables = try await read("the list of tables", &findings) {
            try StructureCheck.tables(quick: quick, in: $0)
        }
        for table in tables ?? [] {
            let before = findings.report.problems.count
            try await check("the structure of table \(table)", &findings) {
                try StructureCheck.problems(of: table, quick: quick, in: $0)
            }
            if findings.report.problems.count > before { findings.tables.insert(table) }
        }
    }

    private func checkRelations(_ findings: inout Findings) async throws {
        let steps = try await framesInSteps(&findings)
        for relation in Relation.all {
            guard relation.isByFrame else {
                let before = findings.report.problems.count
                try await check(relation.name, &findings) { try relation.violations(in: nil, of: $0) }
                if relation.isOfLedger, findings.report.problems.count > before {
                    findings.report.ledgerIsSound = false
                }
                continue
            }
            var problems: [String] = []
            for frames in steps where problems.count <= VerifyReport.problemLimit {
                problems +=
                    try await read(relation.name, &findings) { try relation.violations(in: frames, of: $0) } ?? []
            }
            findings.add(problems, of: relation.name)
        }
    }

    /// All frames' numbers, in pieces that take some tenths of a second to look at. Each has at least one frame in it: a
    /// damaged number may be any.
    func framesInSteps(_ findings: inout Findings) async throws -> [ClosedRange<Int64>] {
        try await read("the list of frames", &findings) { database in
            let next = try database.cachedStatement(sql: "SELECT min(id) FROM frame WHERE id >= ?")
            var steps: [ClosedRange<Int64>] = []
            var start = Int64.min
            while let first = try Int64.fetchOne(next, arguments: [start]) {
                let last = first.addingSaturating((1 << 18) - 1)
                steps.append(first...last)
                guard last < .max else { break }
                start = last + 1
            }
            return steps
        } ?? []
    }

    private func checkNumbers(_ findings: inout Findings) async throws {
        for kind in Deviation.kinds {
            let deviations = try await read(kind.name, &findings) { try kind.all($0) } ?? []
            findings.add(deviations.map(\.description), of: kind.name)
            findings.deviations += deviations
        }
    }

    /// One step.
    private func check(
        _ name: String, _ findings: inout Findings, _ step: @escaping @Sendable (Database) throws -> [String]
    ) async throws {
        findings.add(try await read(name, &findings, step) ?? [], of: name)
    }

    /// Reads; a failure becomes a problem, and `nil`.
    func read<Value: Sendable>(
        _ name: String, _ findings: inout Findings, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value? {
        do {
            return try await database.read(body)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            findings.report.problems.append("\(name): \(ArchiveError(error, path: path))")
            return nil
        }
    }
}
