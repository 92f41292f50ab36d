internal import Catalog
internal import Hummingbird
internal import Vocabulary

extension Gallery {
    /// `GET /reel`
    func getReel(_ visit: Visit) async throws -> Response {
        let limit = try visit.query.number("limit", in: 1...20_000) ?? 20_000
        let (camera, subject) = try await reelSubject(visit)
        let query = ReelQuery(
            of: subject, since: try visit.query.time("since"), until: try visit.query.time("until"), limit: limit,
            after: try visit.frameCursor())
        let reel = try await catalog.reel(query)
        let total = try await catalog.count(of: query)
        var shape: PixelSize?
        if let newest = try await catalog.newestFrame(of: camera) { shape = try await catalog.standingSize(of: newest) }
        var answer = JSONColumns()
        try answer.add("camera", camera.text)
        answer.add("damaged", column: reel.damaged)
        answer.add("excluded", column: reel.excluded)
        try answer.add("first_at", reel.entries.first?.capturedAt.description)
        try answer.add("first_id", reel.entries.first?.id.number)
        try answer.add("height", shape?.height)
        answer.add("ids", column: Self.differences(reel.entries) { $0.id.number })
        try answer.add("next", reel.next?.description)
        answer.add("noted", column: reel.noted)
        answer.add("pinned", column: reel.pinned)
        answer.add("suspect", column: reel.suspect)
        answer.add("times", column: Self.differences(reel.entries) { $0.capturedAt.milliseconds })
        try answer.add("total", total)
        try answer.add("width", shape?.width)
        return json(answer.object, to: visit)
    }

    private func reelSubject(_ visit: Visit) async throws -> (CameraName, ReelQuery.Subject) {
        let camera = try await visit.askedCamera()
        if let number = try visit.query.number("print", in: 1...Int(Visit.largestNumber)).map(Int64.init) {
            guard let print = try await catalog.print(number), camera == nil || camera == print.camera else {
                throw Problem.noSuchPrint(number)
            }
            return (print.camera, .print(number))
        }
        guard let camera else { throw Problem.badRequest("“camera” or “print” is needed.") }
        return (camera, .camera(camera))
    }

    /// Of each number to the one before; 0 for the first.
    private static func differences(_ entries: [Reel.Entry], _ number: (Reel.Entry) -> Int64) -> [Int] {
        var before: Int64?
        return entries.map { entry in
            let value = number(entry)
            defer { before = value }
            return Int(value.subtractingSaturating(before ?? value))
        }
    }
}
