/**
 * What goes wrong with business applications. A block begins with "# family weight minutes ending"; ? is what people
 * write, - what they add, = what restored it. {slots} are filled for each incident.
 */
export const BUSINESS_TROUBLES = `
# erp 14 35 fixed
? Posting of goods receipt for order {order} fails
? Goods receipt {order}: message {code}
? Cannot book goods receipt, ERP says {code}
- When I post the goods receipt for order {order}, article {article}, the system answers with {code}. The truck of {supplier} is waiting at gate {n}.
- Since this morning each receipt for {supplier} ends with {code}. Other suppliers work.
= The posting period of the stock ledger was closed too early; finance opened it again and the receipt was posted.
= Unit of measure of article {article} was changed yesterday (pieces to kilograms). Conversion maintained, receipt posted.
= The tolerance for over-delivery was exceeded by {pct} %. Purchasing raised it for this order.
# erp 12 45 fixed
? Order {order} cannot be released
? Production order {order} hangs in status "checking"
? Release of order {order} stops with {code}
- Production order {order} has been in checking since {time}. We need the material at {line} today.
- The release runs for minutes and then stops with {code}. The parts list has {many} positions.
= A lock of an aborted session was left on the order; removed, order released.
= The availability check looked at a storage location that was closed. Location replaced in the plant parameters.
= Parts list had an item without a valid supplier. Work preparation completed it, release went through.
# erp 10 30 advice
? Where do I find the list of open purchase orders?
? How to change the delivery address of order {order}
? How do I reverse a wrong goods issue?
- I have done it once last year but cannot find it any more.
- My colleague {name} is on leave and I have to do it for her.
= Shown on the telephone and sent the link to the instruction on the intranet.
= Explained; the function is under Orders, More, Addresses. Added to the quick guide of the department.
# erp 5 60 fixed
? Month-end: cost centre report shows wrong figures
? Balance of account {account} differs from the report
- The report for {month} shows {amount} EUR less than the journal. We report to the board tomorrow.
= Two background jobs ran at once. Report computed again after the second had ended; the figures agree.
= Exchange rates of {month} had not been loaded. Loaded and computed again.
# erp 4 60 fixed
? Closing run stops at step {n}
? Month-end {month}: allocation ends with {code}
- The closing run stopped at step {n} with {code}. Nothing can be posted meanwhile.
= An allocation rule pointed to a cost centre that was closed last month. Finance changed the rule, run continued.
= The run waited for a lock of the stock valuation. Ended in the right order and repeated.
# erp 8 25 fixed
? ERP very slow since {time}
? Order entry takes more than {n}0 seconds to save
- Each save takes half a minute. Several colleagues in my office have it too.
- Slow only in order entry; display is quick.
= A report of {name} locked the order table. Cancelled it with her agreement and moved it into the night.
= Statistics of the order tables were old after the archiving run. Refreshed; saving takes under two seconds again.
# erp 8 20 fixed
? Missing right for transaction {code}
? ERP: "no authorisation" when I open stock overview
- I have taken over the work of {name} and need the same rights.
- Until Friday it worked. Now it says that I have no authorisation.
= Role added after approval by the line manager.
= The role had ended with the probation period. Extended after approval.
# edi 10 50 fixed
? Orders from {customer} have not arrived since {time}
? EDI: {many} messages of {customer} in error
? Delivery schedule of {customer} missing
- Usually we get them before nine. The customer says that everything was sent.
- All messages of {customer} stop in the converter with {code}.
= The certificate of the partner had expired. New one imported, {many} messages processed again.
= The partner had changed the format of the delivery date without notice. Mapping extended, messages processed again.
= Queue of the converter was full after the restart at night. Restarted; nothing was lost.
# edi 6 40 fixed alarm
? Interface queue ERP to MES: {many}0 messages waiting
? Message broker: consumer "{line}" not connected
- Threshold is 500. The oldest message is {n} minutes old.
= Consumer restarted; the queue was empty after ten minutes.
= A message with a wrong character set blocked the queue. Set aside and corrected by hand.
# mes 14 30 fixed
? Terminal at {line} does not accept bookings
? {line}: terminal frozen
? MES terminal {host} shows "no connection"
- Workers at {line} cannot report quantities. They write on paper now.
- The terminal {host} stands still since {time}. Switching it off and on did not help.
= Terminal had lost its address after the switch was restarted. Fixed address set, bookings of the shift entered later.
= Touch controller was faulty; terminal exchanged from stock.
= Local service of the terminal hung. Restarted; {many} bookings were sent from the buffer.
# mes 10 45 fixed
? Machine data of {machine} missing since {time}
? No machine data from {machine}
? {machine}: counter stands still in MES
- The machine runs, but MES shows zero pieces. The shift report will be wrong.
- After maintenance of the control the data stopped.
= The control had got another address after maintenance. Changed in the collector, data of the shift loaded later.
= Network cable at the control box was broken by a forklift. New cable in a protected duct.
= The collector did not reconnect after the restart. Restarted; a check every five minutes is in place now.
# mes 8 25 advice
? Wrong quantity reported at {line}, how to correct?
? Order {order} closed by mistake at {line}
- My colleague typed {many}0 instead of {many}.
= Correction booked together with the shift leader and the reason noted.
= Order opened again, remaining quantity put back to {many}.
# warehouse 12 25 fixed
? Scanner {host} does not connect
? Handheld scanner loses connection between aisle {n} and the gate
? Scanner {host}: battery empty after one hour
- It shows "searching network" in aisle {n}. In the office it works.
- Three scanners of our shift do this since {time}.
= Scanner had an old profile. Loaded the new one from the cradle.
= Battery worn out; exchanged the set of the shift.
= Access point above aisle {n} had no power. Injector exchanged.
# warehouse 10 40 fixed
? Pick list for delivery {order} cannot be printed
? Transport order {order} hangs
? Stock of {article} differs between ERP and warehouse
- Truck of {carrier} leaves at {time}. Without the list we cannot load.
- ERP shows {many}, the shelf shows {n}. Inventory is next week.
= Two messages had overtaken each other. Sent again in order; stock agrees.
= The storage bin was locked by an inventory that nobody closed. Closed with the shift leader.
# label 12 20 fixed
? Labels on {printer} are printed blank
? Label printer {printer} prints skewed
? {printer}: barcode cannot be read by the customer
- We changed the roll, but every second label is blank.
- {customer} complains that the barcode of delivery {order} cannot be scanned.
= Print head cleaned and the sensor taught the new label size.
= Ribbon was of the wrong width. Correct ribbon put in; the stock list names it now.
= Darkness set to {n} and speed lowered. Test with the reader of the customer passed.
# label 8 30 fixed
? No labels at {line} since {time}
? Label job for order {order} does not come out
- The order is reported, but no label comes. Pallets are piling up.
= Queue was paused after a paper jam. Released, {many} labels printed.
= The template had been saved with an unknown font. Earlier version restored.
# lab 4 40 fixed
? Test certificate for batch {batch} cannot be created
? Laboratory: limits of the test plan for {article} missing
- The customer waits for the certificate of {batch}.
= Test plan had been released without limits. Quality released a new version.
= Template of the certificate missed the new logo and stopped. Template corrected.
# lab 4 35 fixed
? {machine} does not send its results
? Measurements of {batch} are missing in the laboratory
- Results stay in the folder of the machine and are not taken over.
= Export folder was full with files of last year. Archived; results were taken over.
= The machine wrote commas instead of points after its update. Import adapted.
# cad 10 35 fixed
? CAD: no licence available
? CAD does not start, licence error {code}
- Three colleagues wait. In the morning it happens every day now.
- Since the update the program closes with {code}.
= Eight licences were held by computers that were locked overnight. Returned; they are freed after two hours now.
= Licence server restarted after its certificate was renewed.
# cad 10 50 fixed
? Drawing {article} is locked by {name}
? PLM: release of {article} hangs
? Cannot check in assembly {article}
- {name} is on leave, and the drawing must go to the supplier today.
- Check-in of the assembly with {many} parts runs for an hour and then stops.
= Lock released after asking {name}; the last version is the right one.
= One part had a name with a slash. Renamed, check-in went through.
= Viewer format could not be made because the converter stood still. Restarted, all waiting releases done.
# payroll 4 30 fixed
? Clock terminal at gate {n} does not read badges
? Clock terminal at gate {n} shows the wrong time
- The terminal beeps but books nothing.
= Terminal was out of time by 40 minutes. Time source set, bookings corrected with HR.
= Reader cleaned; it was full of grinding dust.
# payroll 4 35 fixed
? Time account of {name} is wrong
? Bookings of the night shift are missing
- The night shift of {month} has an hour too much.
= Shift model had been assigned from the wrong day. Corrected and computed again.
# payroll 5 55 fixed
? Pay run {month}: transfer file is refused by the bank
? Payslips of {month} cannot be opened
- The bank refuses the file with {code}. Value date is tomorrow.
= The scheme of the bank had changed. Converter updated, file accepted.
= Payslips were made with the old key. Made again and sent again.
# intranet 6 20 fixed
? Form "travel request" gives an error
? Intranet search finds nothing
? Phone book shows the old department of {name}
- It says {code} when I send the form.
= The form pointed to a cost centre that was closed. List of cost centres refreshed.
= Index had stopped at night. Built again.
# reports 8 45 fixed
? Report "{report}" shows no data for {month}
? Figures in "{report}" are from last week
? "{report}" runs into a timeout
- We need it for the meeting at {time}.
- Yesterday it showed data, today the page stays empty.
= The nightly load had stopped at a doubled article. Article corrected, load repeated.
= The filter of the report pointed to the closed plant code. Corrected by the analyst.
# crm 7 25 fixed
? Offers of {customer} are not shown
? Cannot save visit report in CRM
? CRM app asks to sign in again and again
- On the phone it works, on the notebook not.
= Old session removed and add-in updated.
= The territory of the customer had been changed. Right given by sales operations.
`
