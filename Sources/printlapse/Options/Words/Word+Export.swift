import ArgumentParser
import Export

/// What an export makes.
extension Word {
    static func exportFormat(_ text: String) throws -> ExportFormat {
        guard let format = ExportFormat(rawValue: text.lowercased()) else {
            throw ValidationError("there is: " + ExportFormat.allCases.map(\.rawValue).joined(separator: ", ") + ".")
        }
        return format
    }

    static func sheetKind(_ text: String) throws -> SheetKind {
        guard let kind = SheetKind(rawValue: text.lowercased()) else {
            throw ValidationError("there is: " + SheetKind.allCases.map(\.rawValue).joined(separator: ", ") + ".")
        }
        return kind
    }

    static func nameTemplate(_ text: String) throws -> NameTemplate { try explained { try NameTemplate(text) } }
}
