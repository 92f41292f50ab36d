package import FoundationEssentials

/// What kind of sheet, and how it is laid out.
package struct SheetOptions: Hashable, Sendable {
    package var kind = SheetKind.contact
    /// Pictures side by side on a contact sheet, 1 or more; `nil`: as many as make a good page.
    package var columns: Int?
    /// Which column of each picture a keogram takes: 0 is the leftmost, 1 the rightmost.
    package var slit = 0.5
    /// Whose clocks the labels show.
    package var timeZone = TimeZone.current

    package init() {}
}
