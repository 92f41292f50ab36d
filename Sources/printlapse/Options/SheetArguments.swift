import ArgumentParser
import Export

/// What kind of sheet is made.
struct SheetArguments: ParsableArguments {
    @Option(
        name: .customLong("sheet"),
        help: ArgumentHelp(
            "What a .jpg shows: \(SheetKind.allCases.map(\.rawValue).joined(separator: ", ")) (default: contact).",
            valueName: "kind"), completion: .words(of: SheetKind.self), transform: Word.sheetKind)
    var kind: SheetKind?

    @Option(help: ArgumentHelp("Pictures side by side on a contact sheet.", valueName: "n"))
    var columns: Int?

    @Option(
        help: ArgumentHelp(
            "The column of each frame that a keogram takes, so far from the left (default: 50%).", valueName: "share"),
        transform: Word.share)
    var column: Double?

    func validate() throws {
        if let columns, columns < 1 { throw ValidationError("--columns takes a number from 1 on.") }
    }

    var given: Set<ExportOption> {
        .given([(.sheet, kind != nil), (.columns, columns != nil), (.column, column != nil)])
    }

    var options: SheetOptions {
        var options = SheetOptions()
        if let kind { options.kind = kind }
        options.columns = columns
        if let column { options.slit = column }
        return options
    }
}
