import ArgumentParser
import Catalog
import Vocabulary

/// Which print: by the archive's number of it, or the newest one.
enum PrintChoice: ExpressibleByArgument, Equatable {
    case number(Int64)
    case latest

    init?(argument: String) {
        if argument == "latest" {
            self = .latest
        } else {
            guard let number = Int64(argument), number > 0 else { return nil }
            self = .number(number)
        }
    }

    /// The archive's number of the print.
    ///
    /// - Parameter camera: whose newest print is meant.
    func number(in catalog: Catalog, camera: CameraName?) async throws -> Int64 {
        switch self {
        case .number(let number):
            guard try await catalog.print(number) != nil else { throw ArchiveError.noSuchPrint(number) }
            return number
        case .latest:
            guard let print = try await catalog.prints(PrintQuery(camera: camera, limit: 1)).first else {
                throw CommandError(
                    "there is no print yet" + (camera.map { " of \($0)" } ?? ""),
                    hint: "“printlapse prints” lists them.", label: "no_such_print", status: .wrong)
            }
            return print.id
        }
    }
}

/// Only one print's frames.
struct PrintOption: ParsableArguments {
    @Option(
        name: .customLong("print"),
        help: ArgumentHelp("Only this print's: its number in the archive, or the newest.", valueName: "n|latest"),
        completion: .prints)
    var choice: PrintChoice?
}
