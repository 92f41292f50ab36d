internal import Catalog
internal import Hummingbird
internal import Vocabulary

extension Gallery {
    /// `GET /cameras/names`
    func getCameraNames(_ visit: Visit) async throws -> Response {
        try json(["items": try await catalog.cameraNames().map(\.text)], to: visit)
    }

    private struct Span: KeyedRecord {
        let camera: CameraName
        let from, until: Timestamp?

        static let fields: [Field<Self>] = [Field("camera", \.camera), Field("from", \.from), Field("until", \.until)]
    }

    /// `GET /cameras/{camera}/span`
    func getSpan(_ visit: Visit) async throws -> Response {
        let camera = try await visit.camera()
        let span = try await catalog.span(of: camera)
        return try json(Span(camera: camera, from: span?.from, until: span?.until), to: visit)
    }

    /// `GET /cameras/{camera}/at`
    func getShownFrame(_ visit: Visit) async throws -> Response {
        let instant = try visit.query.required("at", try visit.query.time("at"))
        let camera = try await visit.camera()
        guard let shown = try await catalog.frames(at: instant, camera: camera).first else {
            throw Problem.notFound("no_such_frame", "The camera had no frame yet at that time.")
        }
        return try json(shown, to: visit)
    }
}
